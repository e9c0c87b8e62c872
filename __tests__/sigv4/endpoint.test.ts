import { newClient } from '../../src/sigv4';
import { parseEndpoint } from '../../src/sigv4/endpoint';
import { configOf, headerOf, readAuthorization, useRecorder } from '../support/sigV4Harness';

const recorder = useRecorder();
const { call } = recorder;

describe('service and region are read from an AWS host', () => {
  test.each([
    ['https://abc.execute-api.eu-west-1.amazonaws.com/dev', 'execute-api', 'eu-west-1'],
    ['https://ABC.Execute-API.EU-West-1.AmazonAWS.com/dev', 'execute-api', 'eu-west-1'],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn', 'execute-api', 'cn-north-1'],
    ['https://abc.execute-api.us-gov-west-1.amazonaws.com', 'execute-api', 'us-gov-west-1'],
    ['https://abc.execute-api-fips.us-east-2.amazonaws.com', 'execute-api', 'us-east-2'],
    ['https://vpce-0abc-1def.execute-api.us-east-2.vpce.amazonaws.com', 'execute-api', 'us-east-2'],
    ['wss://abc.execute-api.ap-southeast-2.amazonaws.com/prod', 'execute-api', 'ap-southeast-2'],
    ['https://abcdef.lambda-url.eu-central-1.on.aws', 'lambda', 'eu-central-1'],
    ['https://lambda.eu-central-1.amazonaws.com', 'lambda', 'eu-central-1'],
    ['https://abc.appsync-api.us-west-2.amazonaws.com/graphql', 'appsync', 'us-west-2'],
    ['wss://abc.appsync-realtime-api.us-west-2.amazonaws.com/graphql', 'appsync', 'us-west-2'],
    ['https://s3.eu-west-3.amazonaws.com/bucket', 's3', 'eu-west-3'],
    ['https://bucket.s3.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://bucket.s3.dualstack.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://my.dotted.bucket.s3.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://s3-eu-west-3.amazonaws.com/bucket', 's3', 'eu-west-3'],
    ['https://bucket.s3-eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://name-123456789012.s3-accesspoint.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://search-domain-abc.us-east-1.es.amazonaws.com', 'es', 'us-east-1'],
    ['https://abc.us-east-1.aoss.amazonaws.com', 'aoss', 'us-east-1'],
    ['https://dynamodb.ca-central-1.amazonaws.com:443', 'dynamodb', 'ca-central-1'],
  ])('%s', (endpoint, serviceName, region) => {
    const client = newClient(configOf({ endpoint }));
    expect({ serviceName: client.serviceName, region: client.region }).toEqual({ serviceName, region });
    const { headers } = client.signRequest({});
    expect(readAuthorization(headers.Authorization)).toMatchObject({ service: serviceName, region });
  });

  test.each([
    'https://api.example.com',
    'https://abc.execute-api.eu-west-1.amazonaws.com.example.com',
    'https://abc.execute-api.eu-west-1.notamazonaws.com',
    'http://localhost:3000/lambda-url.eu-west-1.on.aws',
    'https://example.com/abc.execute-api.eu-west-1.amazonaws.com',
    'https://s3.amazonaws.com.cn',
  ])('but not from %s', (endpoint) => {
    const { region, serviceName } = newClient(configOf({ endpoint }));
    expect({ region, serviceName }).toEqual({ region: 'us-east-1', serviceName: 'execute-api' });
  });
});

test("the host has a port where it is not the scheme's own", async () => {
  const headersFor = (endpoint: string) =>
    newClient(configOf({ endpoint, region: 'eu-west-1' })).signRequest({}).headers;
  expect(headerOf(await call({}), 'host')).toMatch(/^127\.0\.0\.1:\d+$/);
  const standard = headersFor('https://api.example.com:443');
  expect(standard).toEqual(headersFor('https://api.example.com'));
  const other = headersFor('https://api.example.com:8443');
  expect(other.Authorization).not.toBe(standard.Authorization);
});

test('the parts are as they were given, the host as it is sent', () => {
  expect(parseEndpoint('HTTPS://API.example.com:443/Dev/')).toMatchObject({
    origin: 'HTTPS://API.example.com:443',
    path: '/Dev/',
    host: 'api.example.com',
  });
});

test('reading another endpoint in between changes nothing', () => {
  const [one, other] = ['https://one.example.com/a', 'https://other.example.com'];
  const parts = [one, other, one].map((endpoint) => ({ ...parseEndpoint(endpoint) }));
  expect(parts.map(({ host, path }) => host + path)).toEqual([
    'one.example.com/a',
    'other.example.com',
    'one.example.com/a',
  ]);
});
