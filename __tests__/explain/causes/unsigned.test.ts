/** Explained by damage and by AWS's texts: no signature, or none that can be read. */
import { presign, read, sign } from '../../support/awsTexts';
import { addHeader, dropHeader, setHeader } from '../../support/damagingProxy';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'stripped',
    {
      code: 'MissingAuthentication',
      cause:
        'The request was signed, but either the header authorization did not reach the gateway, or the API has no such path and method: the answer is the same.',
      difference:
        'the header authorization: signed, but perhaps dropped on the way; or the path "/dev/notes" with the method GET: perhaps unknown to the API',
      advice:
        "First: API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added. Then: let proxies and CDNs pass Authorization on (CloudFront drops it from GET requests unless the cache policy or the origin request policy names it), do not follow redirects to another host (fetch drops Authorization there), and do not fetch with mode: 'no-cors', which drops it too.",
    },
    { damage: dropHeader('authorization') },
  ],
  [
    'replaced by a bearer token',
    {
      code: 'IncompleteSignature',
      cause:
        'The request was signed, but the gateway could not read the signature: the header authorization was replaced, added to or cut on the way, or one of the keys holds white space or a slash.',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
      advice:
        'Look for an HTTP client, interceptor or proxy that sets Authorization itself (a bearer token for every request) or sends it twice, and switch it off for this API. Check the access key id for white space and line breaks.',
    },
    { damage: setHeader('authorization', 'Bearer very private') },
  ],
  [
    'cut off',
    {
      code: 'IncompleteSignature',
      cause:
        'The request was signed, but the gateway could not read the signature: the header authorization was replaced, added to or cut on the way, or one of the keys holds white space or a slash.',
      difference: 'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived without Signature',
      advice:
        'Look for an HTTP client, interceptor or proxy that sets Authorization itself (a bearer token for every request) or sends it twice, and switch it off for this API. Check the access key id for white space and line breaks.',
    },
    { damage: setHeader('authorization', (value) => value.replace(/, Signature.*/, '')) },
  ],
  [
    'cut off after the scheme',
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived without Credential, Signature, SignedHeaders',
    },
    { damage: setHeader('authorization', (value) => value.replace(/ .*/, '')) },
  ],
  [
    'sent twice',
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
    },
    { damage: addHeader('Authorization', 'Bearer very private') },
  ],
  [
    'never there',
    {
      code: 'NotSigned',
      cause: 'The request was not signed: it has no Authorization header of AWS4-HMAC-SHA256.',
      difference: 'the header authorization: missing in what was sent',
      advice:
        'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios. API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.',
    },
    { isUnsigned: true },
  ],
])('the Authorization header: %s', isExplained);

const unsigned = { url: sign().url, method: 'POST' };
const BEARER =
  "'very private' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer very private'.";

it.each<[message: string, expected: object]>([
  [
    'Missing Authentication Token',
    {
      code: 'MissingAuthentication',
      difference:
        'the header authorization: signed, but perhaps dropped on the way; or the path "/dev/notes" with the method POST: perhaps unknown to the API',
    },
  ],
  [
    BEARER,
    {
      code: 'IncompleteSignature',
      difference: 'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived as "Bearer …"',
    },
  ],
  [
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=Basic very private",
    {
      code: 'IncompleteSignature',
      difference: 'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived as "Basic …"',
    },
  ],
  [
    "Authorization header requires 'Signature' parameter. Authorization header requires 'Signature' parameter.",
    {
      code: 'IncompleteSignature',
      difference: 'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived without Signature',
    },
  ],
  [
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    {
      code: 'HeaderDropped',
      cause: 'The header x-amz-date was signed, but did not reach the gateway.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", did not arrive',
      advice: 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.',
    },
  ],
  [
    "Date must be in ISO-8601 'basic format'. Got 'x'. See http://en.wikipedia.org/wiki/ISO_8601",
    {
      code: 'HeaderChanged',
      cause: 'The header x-amz-date was signed, but reached the gateway as something else, or twice.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived in another form',
      advice: 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.',
    },
  ],
  [
    'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 6',
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
    },
  ],
  [
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'.",
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
    },
  ],
  [
    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
    },
  ],
  [
    'Authorization header must be present only once.',
    {
      code: 'IncompleteSignature',
      difference:
        'the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived in a form that the gateway cannot read',
    },
  ],
  [
    'There were headers present in the request which were not signed: x-amz-meta, X-Amz-Other',
    {
      code: 'HeaderAdded',
      cause:
        'The gateway saw x-amz-meta, x-amz-other, which is not among the signed headers; x-amz-* headers have to be. A proxy, CDN or HTTP client added it on the way.',
      difference: 'the header x-amz-meta, x-amz-other: arrived, but was not signed',
      advice:
        'Find out what adds x-amz-meta, x-amz-other on the way and switch that off, or sign the same header with the same value.',
    },
  ],
  [
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    {
      code: 'TwoSignatures',
      cause: 'The request carries two ways to authenticate: a signature in its query, and an Authorization header.',
      difference: 'the header authorization: sent along with a presigned URL',
      advice:
        'Fetch a presigned URL without an Authorization header. Look for an HTTP client, interceptor or proxy that adds one to every request.',
    },
  ],
])('%s', (message, expected) => {
  const explanation = read({ message });
  expect(explanation).toMatchObject(expected);
  expect(JSON.stringify(explanation)).not.toMatch(/very private/);
});

it.each(['Bearer', 'basic', 'Digest', 'Negotiate'])('the scheme %s is shown', (scheme) => {
  expect(read({ message: `(missing equal-sign) in Authorization header: '${scheme} x'` })?.difference).toBe(
    `the header authorization: signed as "AWS4-HMAC-SHA256 …", arrived as "${scheme} …"`,
  );
});

it('a token in a request that was not signed', () => {
  expect(read({ message: BEARER }, unsigned)).toEqual({
    code: 'IncompleteSignature',
    cause:
      'The request carries another kind of authorization than a signature, such as a bearer token, and the gateway tried to read it as one.',
    difference: 'the header authorization: arrived as "Bearer …"',
    advice:
      'Where the method has IAM authorization, sign the request. Where it takes tokens (a Cognito or JWT authorizer), the path or method is unknown to the API: API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.',
  });
  expect(read({ message: "Date must be in ISO-8601 'basic format'." }, unsigned)?.code).toBe('IncompleteSignature');
});

it('a presigned URL whose query was lost', () => {
  expect(read({ message: 'Missing Authentication Token' }, { url: presign() })).toEqual({
    code: 'MissingAuthentication',
    cause:
      'The request was signed, but either the query with the signature did not reach the gateway, or the API has no such path and method: the answer is the same.',
    difference:
      'the query with the signature: signed, but perhaps dropped on the way; or the path "/dev/notes" with the method GET: perhaps unknown to the API',
    advice:
      'Let proxies and CDNs pass the whole query on. API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.',
  });
});

it('a presigned URL that was cut off', () => {
  const message = "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.";
  expect(read({ message }, { url: presign() })).toEqual({
    code: 'IncompleteSignature',
    cause:
      'The request was signed, but the gateway could not read the signature: the query was replaced, added to or cut on the way, or one of the keys holds white space or a slash.',
    difference: 'the query: signed as "AWS4-HMAC-SHA256 …", arrived without X-Amz-Signature',
    advice:
      'Look for an HTTP client, interceptor or proxy that sets Authorization itself (a bearer token for every request) or sends it twice, and switch it off for this API. Check the access key id for white space and line breaks.',
  });
});

it('a header that the app itself added after signing', () => {
  const message = 'There were headers present in the request which were not signed: x-amz-meta';
  const signed = sign();
  signed.headers['X-Amz-Meta'] = '1';
  expect(read({ message }, signed)).toEqual({
    code: 'HeaderAdded',
    cause:
      'The gateway saw x-amz-meta, which is not among the signed headers; x-amz-* headers have to be. It was added to the headers after signing.',
    difference: 'the header x-amz-meta: arrived, but was not signed',
    advice: 'State x-amz-meta with the other headers before the request is signed.',
  });
});

it.each(['MissingAuthenticationTokenException', 'IncompleteSignatureException:http://internal.amazon.com/coral/'])(
  'where its text was replaced it is known by its type: %s',
  (type) => {
    const code = type.startsWith('Missing') ? 'MissingAuthentication' : 'IncompleteSignature';
    expect(read({ error: 'No entry.' }, sign(), { headers: [['X-Amzn-ErrorType', type]] })?.code).toBe(code);
  },
);
