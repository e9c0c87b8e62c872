/** Whose answer a 400, 401 or 403 is: the gateway's, which is explained, or the app's own. */
import { isGatewayRefusal } from '../../src/signedFetch/gatewayRefusal';
import { explain } from '../../src/explain/index';
import { newClient } from '../../src/sigv4';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const signed = newClient({
  accessKey: 'ASIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token',
  endpoint: 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev',
}).signRequest({ path: '/notes' });

/** As API Gateway and other services of AWS send them, as developers report them in public threads. */
const TEXTS = [
  'Missing Authentication Token',
  'The security token included in the request is invalid.',
  'The security token included in the request is expired',
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'GET\n/dev/notes\n\nhost:abc\n\nhost\ne3b0'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/eu-west-1/execute-api/aws4_request\ne3b0'\n",
  'Signature expired: 20240501T120000Z is now earlier than 20240501T125500Z (20240501T130000Z - 5 min.)',
  'Signature not yet current: 20240501T120000Z is still later than 20240501T105500Z (20240501T105000Z + 5 min.)',
  "The difference between the request time and the server's time is too large.",
  'The difference between the request time and the current time is too large.',
  "Credential should be scoped to a valid region, not 'eu-west-1'. ",
  "Credential should be scoped to correct service: 'execute-api'. ",
  "Credential should be scoped with a valid terminator: 'aws4_request', not 'x'.",
  "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240430' != '20240501', from '20240501T120000Z'.",
  "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  'There were headers present in the request which were not signed: x-amz-meta-a',
  "'Bearer abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
  "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
  "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
  "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
  "Unsupported AWS 'algorithm': 'AWS4'",
  "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  "Date must be in ISO-8601 'basic format'. Got 'x'. See http://en.wikipedia.org/wiki/ISO_8601",
  'User: arn:aws:sts::123456789012:assumed-role/Guests/CognitoIdentityCredentials is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
  'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
  'User is not authorized to access this resource with an explicit deny',
  'User is not authorized to access this resource',
];

describe("AWS's own text", () => {
  test.each(TEXTS)('%s', (message) => {
    const bodies = [{ message }, { Message: message }, { error: { message } }, message];
    for (const status of [400, 401, 403]) {
      for (const body of bodies) expect(isGatewayRefusal(answer(status, body))).toBe(true);
    }
    for (const status of [200, 404, 409, 500, 503]) {
      expect(isGatewayRefusal(answer(status, { message }))).toBe(false);
    }
    // It is for these that what explains is loaded.
    const { status, headers, body } = answer(403, { message });
    expect(explain({ status, headers, body }, signed)).toBeDefined();
  });

  test.each<[number, unknown]>([
    [403, { message: 'Forbidden' }],
    [403, { Message: 'Forbidden' }],
    [403, '{ "message" : "Forbidden" }\n'],
    [401, { message: 'Unauthorized' }],
  ])('no more than %d %j, as the gateway has it where it gives no reason', (status, body) => {
    const given = answer(status, body);
    expect(isGatewayRefusal(given)).toBe(true);
    expect(explain(given, signed)).toBeDefined();
  });

  test('in XML, as S3 has it', () => {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    const xml = `<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code><Message>${message}</Message></Error>`;
    expect(isGatewayRefusal(answer(403, xml))).toBe(true);
    expect(explain(answer(403, xml), signed)?.code).toBe('TokenInvalid');
  });

  test.each<[string, Record<string, string>]>([
    ['<!DOCTYPE HTML><html><body>Request blocked. Generated by cloudfront (CloudFront)</body></html>', {}],
    ['<html><body>403 ERROR</body></html>', { server: 'CloudFront' }],
  ])("in CloudFront's page: %s", (page, headers) => {
    const given = answer(403, page, headers);
    expect(isGatewayRefusal(given)).toBe(true);
    expect(explain(given, signed)?.code).toBe('BlockedByCloudFront');
  });
});

describe("AWS's name of the error", () => {
  test.each(['InvalidSignatureException', 'AccessDeniedException', 'BadRequestException:http://internal.amazon.com/'])(
    '%s in the header, whatever the body says',
    (type) => {
      expect(isGatewayRefusal(answer(403, { message: 'No entry.' }, { 'x-amzn-ErrorType': type }))).toBe(true);
      expect(isGatewayRefusal(answer(403, '', { 'x-amzn-errortype': type }))).toBe(true);
      expect(isGatewayRefusal(answer(404, '', { 'x-amzn-errortype': type }))).toBe(false);
    },
  );

  test.each([
    { __type: 'com.amazon.coral.service#UnrecognizedClientException', message: 'No entry.' },
    { __type: 'IncompleteSignature' },
    { __type: 'ExpiredToken' },
    { code: 'AccessDeniedException', message: 'No entry.' },
    { Code: 'InvalidSignatureException', Message: 'No entry.' },
  ])('%j in the body', (body) => {
    expect(isGatewayRefusal(answer(403, body))).toBe(true);
    expect(explain(answer(403, body), signed)).toBeDefined();
  });
});

describe("an app's own answer", () => {
  test.each<[number, unknown]>([
    [400, ''],
    [401, ''],
    [403, ''],
    [403, 'Forbidden'],
    [401, 'Unauthorized'],
    [400, { message: 'title: expected text' }],
    [400, { errors: [{ field: 'title', message: 'is missing' }] }],
    [401, { message: 'Log in again.' }],
    [401, { error: 'Unauthorized' }],
    [401, { error: 'invalid_token', error_description: 'The access token expired' }],
    [401, { message: 'Authorization header must be provided' }],
    [401, { message: 'Authorization header required' }],
    [401, { message: 'missing authentication token' }],
    [401, { code: 'InvalidToken', message: 'This link is no longer good.' }],
    [401, { code: 'ExpiredToken', message: 'Your link has expired.' }],
    [401, { message: 'Forbidden' }],
    [403, { message: 'Unauthorized' }],
    [403, { message: 'Forbidden', reason: 'not your note' }],
    [403, { message: 'Forbidden: not your note' }],
    [403, { error: { message: 'Forbidden' } }],
    [403, { error: 'This note belongs to someone else' }],
    [403, { message: 'User is not authorized' }],
    [403, { message: 'user@example.com is not authorized to perform this action' }],
    [403, { code: 'AccessDenied', message: 'Not yours.' }],
    [403, { message: 'Signature expired: this document link is no longer good' }],
    [403, '<!DOCTYPE html><html><body>You are not allowed to see this.</body></html>'],
    [403, 'null'],
    [403, '[1]'],
    [403, { message: 'x'.repeat(70_000) + ' Missing Authentication Token' }],
  ])('%d %j', (status, body) => {
    expect(isGatewayRefusal(answer(status, body, { 'content-type': 'application/json' }))).toBe(false);
  });
});

it.each<[string, unknown]>([
  [
    'AppSync',
    { errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }] },
  ],
  ['AppSync', { errors: [{ message: 'Valid authorization header not provided.' }] }],
  ['Bedrock', { message: "You don't have access to the model with the specified model ID." }],
  [
    'AgentCore',
    { message: 'Authorization method mismatch. The agent is configured for a different authorization method' },
  ],
  [
    'OpenSearch',
    { error: { type: 'security_exception', reason: 'no permissions for [indices:data/read/search]' }, status: 403 },
  ],
  ['OpenSearch Serverless', { status: 403, error: { reason: '403 Forbidden', type: 'Forbidden' } }],
  ['S3', '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'],
  ['S3', '<Error><Code>XAmzContentSHA256Mismatch</Code><Message>The hash does not match</Message></Error>'],
])('the refusals of %s have a text of their own: %p', (_, body) => {
  expect(isGatewayRefusal(answer(403, body))).toBe(true);
  expect(isGatewayRefusal(answer(404, body))).toBe(false);
});

it.each<[string, unknown]>([
  ["an API's own error in XML", '<Error><Code>NoSuchCustomer</Code><Message>Access Denied</Message></Error>'],
  ["an API's own status line", { error: '403 Forbidden' }],
])('%s is its own', (_, body) => {
  expect(isGatewayRefusal(answer(403, body))).toBe(false);
});
