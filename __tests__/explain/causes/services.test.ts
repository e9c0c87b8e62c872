/** Refusals of services other than API Gateway, in the words in which they are reported in public: each gets its own advice. */
import { explain } from '../../../src/explain/index';
import type { Explanation, Refusal, SignedParts } from '../../../src/explain/index';
import { newClient } from '../../../src/sigv4';
import { date, sha256 } from '../../support/awsTexts';

/** Jest gives these as `any`. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const containing = (text: string): unknown => expect.stringContaining(text);

const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG' };
const USER = 'arn:aws:sts::123456789012:assumed-role/App/session';

const signFor = (host: string, service: string, path = '/', body?: string): SignedParts =>
  newClient({ ...keys, endpoint: `https://${host}`, region: 'eu-west-1', service }).signRequest({
    method: body === undefined ? 'GET' : 'POST',
    path,
    date,
    ...(body === undefined ? {} : { body }),
  });

const functionUrl = signFor('abcdefghij.lambda-url.eu-west-1.on.aws', 'lambda');
const appSync = signFor('abcdefghij.appsync-api.eu-west-1.amazonaws.com', 'appsync', '/graphql', '{}');
const bedrock = signFor('bedrock-runtime.eu-west-1.amazonaws.com', 'bedrock', '/model/m/invoke', '{}');
const agentCore = signFor(
  'bedrock-agentcore.eu-west-1.amazonaws.com',
  'bedrock-agentcore',
  '/runtimes/r/invocations',
  '{}',
);
const openSearch = signFor('search-notes-abc.eu-west-1.es.amazonaws.com', 'es', '/notes/_search');
const serverless = signFor('abc.eu-west-1.aoss.amazonaws.com', 'aoss', '/notes/_search');
const s3 = signFor('bucket.s3.eu-west-1.amazonaws.com', 's3', '/key');
const lattice = signFor('notes-0123.7d67968.vpc-lattice-svcs.eu-west-1.on.aws', 'vpc-lattice-svcs');

interface Answer {
  status?: number;
  type?: string;
  body: string | object;
}
function read(signed: SignedParts, { status = 403, type, body }: Answer): Explanation | undefined {
  const headers = type === undefined ? {} : { 'x-amzn-ErrorType': type };
  const refusal: Refusal = { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  return explain(refusal, signed, { now: () => date });
}
const unsigned = ({ url, method }: SignedParts): SignedParts => ({ url, method });
const denied = (action: string, resource: string, why: string, user = USER): string =>
  `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because ${why}`;
const xml = (code: string, message: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;

/** Advice that belongs to API Gateway alone. */
const API_GATEWAY_ADVICE = /execute-api|stage|gateway response|deployed|API key/i;

it.each<[string, SignedParts, Answer, string, RegExp, RegExp]>([
  [
    'a function URL without permission',
    functionUrl,
    { type: 'AccessDeniedException', body: { Message: 'Forbidden' } },
    'NotAuthorized',
    /^The function URL does not let this caller in\./,
    /lambda:InvokeFunctionUrl.*lambda:InvokeFunction".*lambda:InvokedViaFunctionUrl.*resource-based policy/,
  ],
  [
    'a function URL, in its newer words',
    functionUrl,
    {
      body: {
        Message:
          'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      },
    },
    'NotAuthorized',
    /a permission is missing/,
    /lambda:InvokeFunctionUrl and lambda:InvokeFunction/,
  ],
  [
    'a function URL without a signature',
    unsigned(functionUrl),
    { type: 'AccessDeniedException', body: { Message: 'Forbidden' } },
    'NotSigned',
    /takes signed ones only \(its AuthType is AWS_IAM\)/,
    /^Send what signRequest returns/,
  ],
  [
    'AppSync',
    appSync,
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }] },
    },
    'NotAuthorized',
    /^AppSync does not let this caller in/,
    /AWS_IAM has to be the default.*appsync:GraphQL on arn:aws:appsync.*appsync:EventConnect.*@aws_iam/,
  ],
  [
    'AppSync, of a subscription',
    appSync,
    { status: 401, body: { errors: [{ errorType: 'UnauthorizedException', message: 'Permission denied' }] } },
    'NotAuthorized',
    /^AppSync does not let this caller in/,
    /appsync:GraphQL/,
  ],
  [
    'AppSync that takes no IAM',
    appSync,
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }] },
    },
    'WrongAuthorizer',
    /it does not take IAM signatures/,
    /AWS_IAM has to be the default authorization mode of the API, or one of its additional ones\. Sign the request for the service appsync\.$/,
  ],
  [
    'AppSync without a signature',
    unsigned(appSync),
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }] },
    },
    'NotSigned',
    /^The request was not signed/,
    /Sign the request for the service appsync/,
  ],
  [
    'a model of Bedrock without access',
    bedrock,
    {
      type: 'AccessDeniedException',
      body: { message: "You don't have access to the model with the specified model ID." },
    },
    'NotAuthorized',
    /no access to the model in this host's region/,
    /inference profile.*Model access.*bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream/,
  ],
  [
    'an agent of AgentCore that takes tokens',
    agentCore,
    {
      type: 'AccessDeniedException',
      body: {
        message:
          "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)",
      },
    },
    'WrongAuthorizer',
    /This runtime takes no signatures/,
    /Authorization: Bearer, without signing/,
  ],
  [
    "an OpenSearch domain's own roles",
    openSearch,
    {
      body: {
        error: {
          root_cause: [{ type: 'security_exception', reason: 'no permissions for [indices:data/read/search]' }],
          type: 'security_exception',
          reason: `no permissions for [indices:data/read/search] and User [name=${USER}, backend_roles=[], requestedTenant=null]`,
        },
        status: 403,
      },
    },
    'NotAuthorized',
    /fine-grained access control has no role for this caller/,
    /Map the ARN of the caller's role .* as a backend role/,
  ],
  [
    'OpenSearch Serverless',
    serverless,
    { body: { status: 403, 'request-id': 'a1b2', error: { reason: '403 Forbidden', type: 'Forbidden' } } },
    'NotAuthorized',
    /^OpenSearch Serverless refused the request without saying why/,
    /aoss:APIAccessAll.*data access policy.*network policy.*x-amz-content-sha256/,
  ],
  [
    'S3',
    s3,
    { body: xml('AccessDenied', 'Access Denied') },
    'NotAuthorized',
    /S3 does not let this caller do it/,
    /s3:GetObject.*s3:ListBucket.*403 in place of 404.*kms:Decrypt/,
  ],
  [
    'S3 without a signature',
    unsigned(s3),
    { body: xml('AccessDenied', 'Access Denied') },
    'NotSigned',
    /lets no anonymous caller/,
    /presigned URL/,
  ],
  [
    'S3, with another body',
    s3,
    {
      status: 400,
      body: xml(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      ),
    },
    'BodyChanged',
    /not the one whose hash was signed/,
    /Send the body that signRequest returned/,
  ],
])('%s', (_, signed, answer, code, cause, advice) => {
  const explanation = read(signed, answer);
  expect(explanation).toMatchObject({ code, cause: matching(cause), advice: matching(advice) });
  expect(JSON.stringify(explanation)).not.toMatch(API_GATEWAY_ADVICE);
});

describe("IAM's words, which all services have", () => {
  const model = 'arn:aws:bedrock:eu-west-1::foundation-model/m';
  it.each<[string, SignedParts, string, string]>([
    [
      'Bedrock',
      bedrock,
      denied('bedrock:InvokeModel', model, 'no identity-based policy allows the bedrock:InvokeModel action'),
      `Add this statement to a policy of the role App (and widen it with * where that is meant): {"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"${model}"}`,
    ],
    [
      'VPC Lattice',
      lattice,
      `AccessDeniedException: ${denied('vpc-lattice-svcs:Invoke', 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0/notes', 'no service-based policy allows the vpc-lattice-svcs:Invoke action')}`,
      'the auth policy of the service (the service-based one), and that of the service network (the network-based one)',
    ],
    [
      'OpenSearch',
      openSearch,
      denied(
        'es:ESHttpGet',
        'arn:aws:es:eu-west-1:123456789012:domain/notes/_search',
        'no identity-based policy allows the es:ESHttpGet action',
      ),
      "The domain's access policy may allow the caller in its place.",
    ],
    [
      'AgentCore',
      agentCore,
      denied(
        'bedrock-agentcore:InvokeAgentRuntime',
        'arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/r',
        'no identity-based policy allows the bedrock-agentcore:InvokeAgentRuntime action',
      ),
      'The action is needed on the runtime and on its endpoint',
    ],
    [
      'a function URL',
      functionUrl,
      denied(
        'lambda:InvokeFunction',
        'arn:aws:lambda:eu-west-1:123456789012:function:notes',
        'no resource-based policy allows the lambda:InvokeFunction action',
      ),
      'A function URL wants two permissions',
    ],
    [
      'a service of which nothing more is known',
      signFor('sqs.eu-west-1.amazonaws.com', 'sqs'),
      denied(
        'sqs:SendMessage',
        'arn:aws:sqs:eu-west-1:123456789012:notes',
        'no identity-based policy allows the sqs:SendMessage action',
      ),
      '"Resource":"arn:aws:sqs:eu-west-1:123456789012:notes"}',
    ],
  ])('of %s', (_, signed, message, advice) => {
    const explanation = read(signed, { body: message.startsWith('User') ? { message } : message });
    expect(explanation).toMatchObject({ code: 'NotAuthorized', advice: containing(advice) });
    expect(explanation?.advice).not.toMatch(API_GATEWAY_ADVICE);
  });

  it('name the kind of policy that is missing', () => {
    const message = denied(
      'vpc-lattice-svcs:Invoke',
      'arn:aws:vpc-lattice:r:1:service/s',
      'no network-based policy allows the vpc-lattice-svcs:Invoke action',
    );
    expect(read(lattice, { body: message })?.difference).toMatch(/^the network-based policy of the role App: /);
  });

  it.each<[string, SignedParts, string, RegExp]>([
    ['signed', lattice, 'NotAuthorized', /though it was signed/],
    ['not signed', unsigned(lattice), 'NotSigned', /^The request was not signed/],
  ])('an anonymous caller of VPC Lattice, %s', (_, signed, code, cause) => {
    const message = denied(
      'vpc-lattice-svcs:Invoke',
      'arn:aws:vpc-lattice:r:1:service/s',
      'no service-based policy allows the vpc-lattice-svcs:Invoke action',
      'anonymous',
    );
    const explanation = read(signed, { body: message });
    expect(explanation).toMatchObject({ code, cause: matching(cause) });
    expect(explanation?.advice).toMatch(/signed for the service vpc-lattice-svcs\..*UNSIGNED-PAYLOAD/);
  });
});

describe('S3 says what it saw in elements of its own', () => {
  const text = '{"text":"a & b"}';
  const signed = signFor('bucket.s3.eu-west-1.amazonaws.com', 's3', '/key?x=1', text);
  /** As S3 answers a signature that does not match, for another query than the one that was signed. */
  function mismatch(change: (canonical: string) => string): string {
    const headers = new Map(
      Object.entries(signed.headers as Record<string, string>).map(([k, v]) => [k.toLowerCase(), v]),
    );
    const names = /SignedHeaders=([^,]+)/.exec(headers.get('authorization')!)![1]!.split(';');
    const lines = names.map(
      (name) => `${name}:${name === 'host' ? 'bucket.s3.eu-west-1.amazonaws.com' : headers.get(name)!}`,
    );
    const canonical = change(['POST', '/key', 'x=1', ...lines, '', names.join(';'), sha256(text)].join('\n'));
    const toSign = `AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/eu-west-1/s3/aws4_request\n${sha256(canonical)}`;
    const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    const elements = `<StringToSign>${toSign}</StringToSign><CanonicalRequest>${escape(canonical)}</CanonicalRequest>`;
    return xml('SignatureDoesNotMatch', message, elements);
  }

  it('the line that differs is named', () => {
    const body = mismatch((canonical) => canonical.replace('\nx=1\n', '\nx=1&y=2\n'));
    expect(read(signed, { body })).toMatchObject({ code: 'QueryChanged', difference: containing('y') });
  });

  it('where none does, the secret key is wrong', () => {
    expect(read(signed, { body: mismatch((canonical) => canonical) })).toMatchObject({ code: 'WrongSecretKey' });
  });

  it('the region that it expects', () => {
    const message = "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-west-2'";
    expect(
      read(signed, { status: 400, body: xml('AuthorizationHeaderMalformed', message, '<Region>us-west-2</Region>') }),
    ).toEqual({
      code: 'WrongRegion',
      cause: "The request was signed for another region than the gateway's.",
      difference: 'the region in the credential scope: signed for "eu-west-1", but expected is "us-west-2"',
      advice: "Pass region: 'us-west-2'.",
    });
  });

  it('that a link has expired', () => {
    const url = newClient({ ...keys, endpoint: 'https://bucket.s3.eu-west-1.amazonaws.com' }).presignUrl({
      path: '/key',
      date,
      expiresIn: 60,
    });
    const headers = { date: 'Wed, 01 May 2024 12:03:00 GMT' };
    const refusal = {
      status: 403,
      headers,
      body: xml('AccessDenied', 'Request has expired', '<Expires>2024-05-01T12:01:00Z</Expires>'),
    };
    expect(explain(refusal, { url })).toMatchObject({
      code: 'PresignedUrlExpired',
      cause: 'The presigned URL was valid for 1 minute and expired 2 minutes ago.',
    });
    // Of a request that is no link, it says that something else has expired, which is not known.
    expect(explain(refusal, signed)?.code).toBe('NotAuthorized');
  });
});

describe('where nothing is known of a service', () => {
  const sqs = signFor('sqs.eu-west-1.amazonaws.com', 'sqs');

  it.each<[string, Answer]>([
    ['a bare Forbidden', { body: { message: 'Forbidden' } }],
    ['a bare Unauthorized', { status: 401, body: { message: 'Unauthorized' } }],
    ['access denied without a text', { type: 'AccessDeniedException', body: '' }],
    [
      "an authorizer's text",
      { body: { Message: 'User is not authorized to access this resource with an explicit deny' } },
    ],
  ])('%s is not explained', (_, answer) => {
    expect(read(sqs, answer)).toBeUndefined();
  });

  it.each<[string, Answer]>([
    [
      'Missing Authentication Token',
      { type: 'MissingAuthenticationTokenException', body: { message: 'Missing Authentication Token' } },
    ],
    [
      'another scheme',
      {
        type: 'IncompleteSignatureException',
        body: { message: "Authorization header requires 'Credential' parameter." },
      },
    ],
    ['a refused signature', { type: 'InvalidSignatureException', body: '' }],
    ['another region', { body: { message: "Credential should be scoped to a valid region, not 'eu-west-1'. " } }],
  ])('%s is explained without advice for API Gateway', (_, answer) => {
    for (const signed of [sqs, { ...sqs, headers: {} }]) {
      const explanation = read(signed, answer);
      expect(explanation).toBeDefined();
      expect(JSON.stringify(explanation)).not.toMatch(API_GATEWAY_ADVICE);
    }
  });
});

describe('an answer that a browser hides', () => {
  const networkError = new TypeError('Failed to fetch');

  it.each<[string, SignedParts, RegExp]>([
    ['of a function URL', functionUrl, /configuration of the function URL: AllowOrigins/],
    ['of S3', s3, /Add a CORS rule to the bucket/],
    ['of AppSync', appSync, /can be read by all pages/],
    ['of any other service', bedrock, /network tab/],
  ])('%s', (_, signed, advice) => {
    const explanation = explain({ networkError }, signed);
    expect(explanation).toMatchObject({ code: 'CorsHidden', advice: matching(advice) });
    expect(JSON.stringify(explanation)).not.toMatch(/API Gateway|DEFAULT_4XX|Lambda proxy/);
  });
});

it('the host says which service it is, whatever the request was signed for', () => {
  const signed = signFor('abcdefghij.lambda-url.eu-west-1.on.aws', 'execute-api');
  const explanation = read(signed, { type: 'AccessDeniedException', body: { Message: 'Forbidden' } });
  expect(explanation?.cause).toMatch(/^The function URL/);
});
