import { newClient } from '../../src/sigv4';
import { configOf, signsFor } from '../support/sigV4Harness';
import { errorOf } from '../support/sigV4Refusal';

// What AWS's documents say of the hosts that its API Gateway, function URLs, AppSync, OpenSearch, IoT … give to customers.
describe("an app's own host at AWS states service and region", () => {
  test.each([
    ['https://abc.execute-api.eu-west-1.amazonaws.com/dev', 'execute-api eu-west-1'],
    ['https://ABC.Execute-API.EU-West-1.AmazonAWS.com/dev', 'execute-api eu-west-1'],
    ['https://abc.execute-api.eu-west-1.amazonaws.com./dev', 'execute-api eu-west-1'],
    ['https://abc.execute-api.eu-west-1.api.aws/dev', 'execute-api eu-west-1'],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn', 'execute-api cn-north-1'],
    ['https://abc.execute-api.cn-northwest-1.api.amazonwebservices.com.cn', 'execute-api cn-northwest-1'],
    ['https://abc.execute-api.us-gov-west-1.amazonaws.com', 'execute-api us-gov-west-1'],
    ['https://abc.execute-api.eusc-de-east-1.amazonaws.eu/prod', 'execute-api eusc-de-east-1'],
    ['https://abc.execute-api.eusc-de-east-1.api.amazonwebservices.eu/prod', 'execute-api eusc-de-east-1'],
    ['https://abc.execute-api.us-iso-east-1.c2s.ic.gov', 'execute-api us-iso-east-1'],
    ['https://abc.execute-api.us-iso-east-1.api.aws.ic.gov', 'execute-api us-iso-east-1'],
    ['https://abc.execute-api.us-isob-east-1.sc2s.sgov.gov', 'execute-api us-isob-east-1'],
    ['https://abc.execute-api.us-isof-south-1.csp.hci.ic.gov', 'execute-api us-isof-south-1'],
    ['https://abc.execute-api.eu-isoe-west-1.cloud.adc-e.uk', 'execute-api eu-isoe-west-1'],
    ['https://abc.execute-api-fips.us-east-2.amazonaws.com', 'execute-api us-east-2'],
    ['https://vpce-0abc-1def.execute-api.us-east-2.vpce.amazonaws.com', 'execute-api us-east-2'],
    ['wss://abc.execute-api.ap-southeast-2.amazonaws.com/prod', 'execute-api ap-southeast-2'],
    ['https://participant.connect.eu-west-2.amazonaws.com', 'execute-api eu-west-2'],
    ['https://abcdef.lambda-url.eu-central-1.on.aws', 'lambda eu-central-1'],
    ['https://lambda.eu-central-1.amazonaws.com', 'lambda eu-central-1'],
    ['https://abc.appsync-api.us-west-2.amazonaws.com/graphql', 'appsync us-west-2'],
    ['wss://abc.appsync-realtime-api.us-west-2.amazonaws.com/graphql', 'appsync us-west-2'],
    ['https://cognito-idp.eusc-de-east-1.amazonaws.eu', 'cognito-idp eusc-de-east-1'],
    ['https://cognito-identity-fips.us-gov-west-1.amazonaws.com', 'cognito-identity us-gov-west-1'],
    ['https://search-domain-abc.us-east-1.es.amazonaws.com', 'es us-east-1'],
    ['https://search-domain-abc.aos.us-east-1.on.aws', 'es us-east-1'],
    ['https://abc.us-east-1.aoss.amazonaws.com', 'aoss us-east-1'],
    ['https://pipeline-abc.us-east-1.osis.amazonaws.com', 'osis us-east-1'],
    ['https://search-abc.us-east-1.cloudsearch.amazonaws.com', 'cloudsearch us-east-1'],
    ['https://db.cluster-abc.us-east-1.neptune.amazonaws.com:8182', 'neptune-db us-east-1'],
    ['https://eu-west-1.queue.amazonaws.com', 'sqs eu-west-1'],
    ['https://service-abc.7d67968.vpc-lattice-svcs.us-east-2.on.aws', 'vpc-lattice-svcs us-east-2'],
    ['https://transcribestreaming.eu-west-1.amazonaws.com:8443', 'transcribe eu-west-1'],
    ['https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1', 'aps eu-west-1'],
    ['https://abc.gateway.bedrock-agentcore.us-east-1.amazonaws.com/mcp', 'bedrock-agentcore us-east-1'],
    ['https://abc-ats.iot.eu-west-1.amazonaws.com', 'iotdata eu-west-1'],
    ['wss://abc-ats.iot.eu-west-1.amazonaws.com', 'iotdevicegateway eu-west-1'],
    ['https://abc-ats.iot.eu-west-1.amazonaws.com/mqtt', 'iotdevicegateway eu-west-1'],
    ['https://abc-ats.iot.eu-west-1.amazonaws.com/topics/news', 'iotdata eu-west-1'],
    ['https://dynamodb.ca-central-1.amazonaws.com:443', 'dynamodb ca-central-1'],
  ])('%s', (endpoint, expected) => {
    expect(signsFor(endpoint)).toBe(expected);
  });
});

// What botocore signs for, some of each kind; `npm run check:hosts` asks it for all.
describe('names that differ from the host, as botocore has them', () => {
  test.each([
    ['streaming-rekognition.us-east-1.amazonaws.com', 'rekognition us-east-1'],
    ['mturk-requester-sandbox.us-east-1.amazonaws.com', 'mturk-requester us-east-1'],
    ['git-codecommit.us-east-1.amazonaws.com', 'codecommit us-east-1'],
    ['a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com', 'iotdata us-east-1'],
    ['bedrock.us-east-1.amazonaws.com', 'bedrock us-east-1'],
    ['bedrock-runtime.us-east-1.amazonaws.com', 'bedrock us-east-1'],
    ['bedrock-agent-runtime-fips.us-east-1.amazonaws.com', 'bedrock us-east-1'],
    ['bedrock-agentcore-control.us-east-1.amazonaws.com', 'bedrock-agentcore us-east-1'],
    ['email.eu-west-1.amazonaws.com', 'ses eu-west-1'],
    ['data-ats.iot.eu-west-1.amazonaws.com', 'iotdata eu-west-1'],
    ['runtime-v2-lex.eu-west-1.amazonaws.com', 'lex eu-west-1'],
    ['runtime.lex.eu-west-1.amazonaws.com', 'lex eu-west-1'],
    ['pinpoint.eu-west-1.amazonaws.com', 'mobiletargeting eu-west-1'],
    ['appconfigdata.eu-west-1.amazonaws.com', 'appconfig eu-west-1'],
    ['personalize-events.eu-west-1.amazonaws.com', 'personalize eu-west-1'],
    ['personalize-runtime.eu-west-1.amazonaws.com', 'personalize eu-west-1'],
    ['meetings-chime.eu-central-1.amazonaws.com', 'chime eu-central-1'],
    ['data-servicediscovery.eu-west-1.amazonaws.com', 'servicediscovery eu-west-1'],
    ['timestream-influxdb.eu-west-1.amazonaws.com', 'timestream-influxdb eu-west-1'],
    ['query.timestream.eu-west-1.amazonaws.com', 'timestream eu-west-1'],
    ['metering.marketplace.us-east-1.amazonaws.com', 'aws-marketplace us-east-1'],
    ['runtime.sagemaker.eu-west-1.amazonaws.com', 'sagemaker eu-west-1'],
    ['runtime-fips.sagemaker.us-east-1.amazonaws.com', 'sagemaker us-east-1'],
    ['maps.geo.eu-west-1.amazonaws.com/v2', 'geo-maps eu-west-1'],
    ['places.geo.eu-west-1.api.aws/v2', 'geo-places eu-west-1'],
    ['routes.geo.eu-west-1.amazonaws.com/v2', 'geo-routes eu-west-1'],
    ['123456789012.ddb.us-east-1.amazonaws.com', 'dynamodb us-east-1'],
    ['123456789012.data-kinesis.us-east-1.amazonaws.com', 'kinesis us-east-1'],
    ['mobileanalytics.us-east-1.amazonaws.com', 'mobileanalytics us-east-1'], // aws-sdk v2
    ['sts.amazonaws.com', 'sts us-east-1'],
    ['sts.eu-west-1.amazonaws.com', 'sts eu-west-1'],
    ['iam.amazonaws.com', 'iam us-east-1'],
    ['iam.global.api.aws', 'iam us-east-1'],
    ['iam.cn-north-1.amazonaws.com.cn', 'iam cn-north-1'],
    ['iam.us-gov.amazonaws.com', 'iam us-gov-west-1'],
    ['cloudfront.amazonaws.com', 'cloudfront us-east-1'],
    ['cloudfront.cn-northwest-1.amazonaws.com.cn', 'cloudfront cn-northwest-1'],
    ['route53.amazonaws.com', 'route53 us-east-1'],
    ['route53.us-gov.amazonaws.com', 'route53 us-gov-west-1'],
    ['global.health.amazonaws.com', 'health us-east-1'],
  ])('%s', (host, expected) => {
    expect(signsFor(`https://${host}`)).toBe(expected);
  });
});

// The first hosts are AWS's documents', the rest botocore's; then Cloudflare's and Backblaze's documents.
describe('S3, and what takes its requests', () => {
  test.each([
    ['s3.eu-west-3.amazonaws.com/bucket', 's3 eu-west-3'],
    ['bucket.s3.eu-west-3.amazonaws.com', 's3 eu-west-3'],
    ['bucket.s3.dualstack.eu-west-3.amazonaws.com', 's3 eu-west-3'],
    ['my.dotted.bucket.s3.eu-west-3.amazonaws.com', 's3 eu-west-3'],
    ['us-west-2.s3.amazonaws.com', 's3 us-east-1'], // a bucket's name
    ['s3-eu-west-3.amazonaws.com/bucket', 's3 eu-west-3'],
    ['bucket.s3-eu-west-3.amazonaws.com', 's3 eu-west-3'],
    ['s3-fips-us-gov-west-1.amazonaws.com', 's3 us-gov-west-1'],
    ['s3-fips.dualstack.us-east-1.amazonaws.com', 's3 us-east-1'],
    ['s3.amazonaws.com', 's3 us-east-1'],
    ['bucket.s3.amazonaws.com', 's3 us-east-1'],
    ['bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com', 's3 us-east-1'],
    ['bucket.s3.cn-north-1.amazonaws.com.cn', 's3 cn-north-1'],
    ['123456789012.s3-control.eu-west-1.amazonaws.com', 's3 eu-west-1'],
    ['name-123456789012.s3-accesspoint.eu-west-3.amazonaws.com', 's3 eu-west-3'],
    ['name-123456789012.s3-object-lambda.eu-west-1.amazonaws.com', 's3-object-lambda eu-west-1'],
    ['name-123456789012.op-01234567890123456.s3-outposts.us-east-1.amazonaws.com', 's3-outposts us-east-1'],
    ['name--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com', 's3express us-east-1'],
    ['s3express-control.us-east-1.amazonaws.com', 's3express us-east-1'],
    ['1234567890abcdef.r2.cloudflarestorage.com/bucket', 's3 auto'],
    ['1234567890abcdef.eu.r2.cloudflarestorage.com/bucket', 's3 auto'],
    ['s3.us-west-004.backblazeb2.com/bucket', 's3 us-west-004'],
    ['bucket.s3.us-west-004.backblazeb2.com', 's3 us-west-004'],
  ])('%s', (host, expected) => {
    expect(signsFor(`https://${host}`)).toBe(expected);
  });
});

describe('a domain of the app is signed for API Gateway in us-east-1, where nothing else is said', () => {
  test.each([
    'https://api.example.com',
    'https://abc.execute-api.eu-west-1.amazonaws.com.example.com',
    'https://abc.execute-api.eu-west-1.notamazonaws.com',
    'http://localhost:3000/lambda-url.eu-west-1.on.aws',
    'https://example.com/abc.execute-api.eu-west-1.amazonaws.com',
    'https://s3.example.org',
    'http://127.0.0.1:3000',
    'https://1234567890abcdef.r2.cloudflarestorage.com.example.org',
    'https://s3.us-west-004.backblazeb2.com.example.org',
  ])('%s', (endpoint) => {
    expect(signsFor(endpoint)).toBe('execute-api us-east-1');
  });
});

describe("what a host of AWS's does not state is asked for", () => {
  test.each([
    ['https://my-nlb-0123456789abcdef.elb.us-east-1.amazonaws.com', 'serviceName'],
    ['https://vpce-0123-abc.vpce-svc-0456.us-east-1.vpce.amazonaws.com', 'serviceName'],
    ['https://greengrass-ats.iot.us-east-1.amazonaws.com', 'serviceName'],
    ['https://greengrass.iot.us-east-1.amazonaws.com', 'serviceName'],
    ['https://deviceadvisor.iot.us-east-1.amazonaws.com', 'serviceName'],
    ['https://my-cluster.abc123.dax-clusters.us-east-1.amazonaws.com', 'serviceName'],
    ['https://bedrock-mantle.us-east-1.amazonaws.com', 'serviceName'],
    ['https://cn-north-1.signin.amazonaws.cn', 'serviceName'],
    ['https://us-gov-west-1.signin.amazonaws-us-gov.com', 'serviceName'],
    ['https://a1b2c3.credentials.iot.us-east-1.amazonaws.com', 'serviceName'],
    ['https://bootstrap.kafka-serverless.us-east-1.amazonaws.com', 'serviceName'],
    ['https://fs-0123.efs.us-east-1.amazonaws.com', 'serviceName'],
    ['https://b-0123.mq.us-east-1.amazonaws.com', 'serviceName'],
    ['https://oidc.eks.us-east-1.amazonaws.com', 'serviceName'],
    ['https://email-smtp.us-east-1.amazonaws.com', 'serviceName'],
    ['https://ecs-a-1.us-east-1.amazonaws.com', 'serviceName'],
    ['https://my-alb-1234567890.eu-west-1.elb.amazonaws.com', 'serviceName'],
    ['https://ec2-203-0-113-1.compute-1.amazonaws.com', 'serviceName'],
    ['https://ec2-203-0-113-1.eu-west-1.compute.amazonaws.com', 'serviceName'],
    ['https://bucket.s3-website.eu-central-1.amazonaws.com', 'serviceName'],
    ['https://bucket.s3-website-us-east-1.amazonaws.com', 'serviceName'],
    ['https://eu-west-1.signin.aws.amazon.com', 'serviceName'],
    ['https://eu-west-1.amazonaws.com', 'serviceName'],
    ['https://abc.execute-api.eu-west-1a.amazonaws.com', 'serviceName'], // an availability zone
    ['https://constructor.amazonaws.com', 'serviceName'],
    ['https://maps.geo.eu-west-1.amazonaws.com', 'serviceName'], // geo or geo-maps
    ['https://iot.eu-west-1.amazonaws.com', 'serviceName'], // iot or execute-api, by botocore's version
    ['https://oidc.eu-west-1.amazonaws.com', 'serviceName'], // sso-oauth or awsssooidc, by botocore's version
    ['https://networkmanager.us-west-2.amazonaws.com', 'serviceName'],
    ['https://data.jobs.iot.eu-west-1.amazonaws.com', 'serviceName'],
    ['https://portal.sso.eu-west-1.amazonaws.com', 'serviceName'],
    ['https://codecatalyst.global.api.aws', 'serviceName'],
    ['https://global.api.aws', 'serviceName'],
    ['https://abc.us-east-1.queues.amazonaws.com', 'serviceName'],
    ['https://abc.us-east-1.notes.amazonaws.com', 'serviceName'],
    ['https://stsdata.amazonaws.com', 'serviceName'],
    ['https://hosts.amazonaws.com', 'serviceName'],
    ['https://s3.amazonaws.com.cn', 'serviceName'],
    ['https://sts.amazonaws.com.cn', 'serviceName'],
    ['https://my-app.sts.amazonaws.com', 'serviceName'],
    ['https://bucket.s3-accelerate.amazonaws.com', 'region'],
    ['https://bucket.s3-accelerate.dualstack.amazonaws.com', 'region'],
    ['https://abc.mrap.accesspoint.s3-global.amazonaws.com', 'region'],
    ['https://not-s3-accelerate.amazonaws.com', 'serviceName'],
    ['https://iam.amazonaws.com.cn', 'serviceName'],
    ['https://iam.cn-northwest-1.amazonaws.com.cn', 'region'],
    ['https://cloudfront.api.aws', 'serviceName'], // us-gov-west-1, says botocore; us-east-1, says the name
    ['https://cloudfront.eu-west-1.api.aws', 'region'], // us-east-1, says botocore; a host of eu-west-1's, says the name
  ])('%s: %s', (endpoint, option) => {
    expect(errorOf(() => newClient(configOf({ endpoint })))).toMatchObject({ code: 'InvalidOption', option });
    // Nothing is asked of those who say both, or sign as the old client did.
    expect(signsFor(endpoint, { serviceName: 'mine', region: 'eu-south-2' })).toBe('mine eu-south-2');
    expect(newClient(configOf({ endpoint, signSessionToken: false })).region).toBe('us-east-1');
  });

  const endpoint = 'https://my-alb-1234567890.eu-west-1.elb.amazonaws.com/dev';

  test('the message names the host, and only the part that is missing is asked for', () => {
    expect(errorOf(() => newClient(configOf({ endpoint }))).message).toBe(
      "serviceName: expected the service's signing name, which the host my-alb-1234567890.eu-west-1.elb.amazonaws.com does not state, got undefined",
    );
    expect(signsFor(endpoint, { serviceName: 'execute-api' })).toBe('execute-api eu-west-1');
    const accelerated = 'https://bucket.s3-accelerate.amazonaws.com';
    expect(errorOf(() => newClient(configOf({ endpoint: accelerated }))).message).toBe(
      'region: expected the region, which the host bucket.s3-accelerate.amazonaws.com does not state, got undefined',
    );
    expect(signsFor(accelerated, { region: 'eu-west-1' })).toBe('s3 eu-west-1');
  });

  test('a Multi-Region Access Point is told that it takes SigV4a', () => {
    const host = 'https://abc.mrap.accesspoint.s3-global.amazonaws.com';
    expect(errorOf(() => newClient(configOf({ endpoint: host }))).message).toContain('SigV4a, which is not supported');
  });

  test('callers who know the option as service are asked for that', () => {
    const asked = errorOf(() => newClient(configOf({ endpoint, service: undefined })));
    expect(asked).toMatchObject({ option: 'service' });
  });
});
