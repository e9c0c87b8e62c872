/** Every refusal in its whole words: a client's author reads them, and those that AWS has are found by searching for them. */
import type { WireRequest } from '../../src/verify';
import { fromNodeRequest } from '../../src/verify';
import { credential, signBySteps, signed, vanilla, verify, withHeaders } from '../support/verifyHarness';

const pairs = Object.entries(vanilla.headers);
const authorization = vanilla.headers.Authorization!;
const presigned = signed({ path: '/a', signQuery: true });
const withAuthorization = (change: (text: string) => string) => withHeaders({ Authorization: change(authorization) });
const withScope = (scope: string) => withAuthorization((text) => text.replace(credential, scope));
const unsigned = signed({ method: 'PUT', headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } });
const post = signed({ method: 'POST', body: 'a', headers: { 'content-encoding': 'gzip' } });
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const TOKEN = 'The security token included in the request is invalid.';
const NOT_SHOWN = '(Authorization not shown)';
const UNREAD = ' It has to be read first, and kept as it came: what a parser makes of it was not signed.';

it.each<[string, string, WireRequest]>([
  [
    'AmbiguousAuthentication',
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    { ...vanilla, target: presigned.target },
  ],
  ['MissingAuthentication', 'Missing Authentication Token', withHeaders({ Authorization: undefined })],
  [
    'IncompleteSignature',
    'Authorization header must be present only once.',
    { ...vanilla, headers: [...pairs, ['authorization', 'x']] },
  ],
  [
    'IncompleteSignature',
    'Invalid key=value pair (missing equal-sign) in Authorization header (not shown).',
    withAuthorization((text) => text.replace('Signature=', ' ')),
  ],
  [
    'IncompleteSignature',
    'Invalid key=value pair (missing equal-sign) in Authorization header (not shown).',
    withAuthorization((text) => text.replace('Signature=', '=')),
  ],
  [
    'IncompleteSignature',
    "Authorization header must contain the 'SignedHeaders' parameter only once.",
    withAuthorization((text) => `${text}, SignedHeaders=host`),
  ],
  [
    'IncompleteSignature',
    `Authorization header requires 'Signature' parameter. ${NOT_SHOWN}`,
    withAuthorization((text) => text.replace(/, Signature=.*/, '')),
  ],
  [
    'IncompleteSignature',
    `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ${NOT_SHOWN}`,
    withHeaders({ 'X-Amz-Date': undefined }),
  ],
  [
    'IncompleteSignature',
    "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    {
      ...vanilla,
      target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-SignedHeaders=host',
      headers: { host: 'a' },
    },
  ],
  [
    'InvalidExpires',
    'X-Amz-Expires must be a number of seconds from 1 to 604800.',
    { ...presigned, target: `${presigned.target}&X-Amz-Expires=0` },
  ],
  [
    'UnsupportedAlgorithm',
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now).",
    withAuthorization((text) => text.replace('HMAC', 'ECDSA-P256')),
  ],
  [
    'UnsupportedAlgorithm',
    "Unsupported AWS 'algorithm': (only AWS4-HMAC-SHA256 for now).",
    withAuthorization((text) => text.replace('AWS4-HMAC-SHA256', `AWS4-${'a'.repeat(41)}`)),
  ],
  [
    'IncompleteSignature',
    'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 2',
    withScope('AKIDEXAMPLE/20150830'),
  ],
  [
    'IncompleteSignature',
    'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 6',
    withScope(`${credential}/`),
  ],
  [
    'IncompleteSignature',
    'SignedHeaders must be header names joined by semicolons.',
    withAuthorization((text) => text.replace('host;', 'host;;')),
  ],
  [
    'RegionMismatch',
    "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'service'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'.",
    withScope('AKIDEXAMPLE/20150831/eu-west-1/other/aws5'),
  ],
  [
    'InvalidSessionToken',
    TOKEN,
    { ...vanilla, headers: [...pairs, ['x-amz-security-token', 'a'], ['x-amz-security-token', 'a']] },
  ],
  ['UnknownAccessKey', TOKEN, withScope(credential.replace('AKIDEXAMPLE', 'AKIDOTHER'))],
  ['UnknownAccessKey', TOKEN, withScope(credential.replace('AKIDEXAMPLE', 'constructor'))],
  [
    'MalformedHost',
    "Request requires a 'Host' header that is a host, with or without a port.",
    signBySteps({ host: 'a b', 'x-amz-date': '20150830T123600Z' }),
  ],
  [
    'HostMismatch',
    "The 'Host' header and the authority of the request's target must be the same.",
    { ...vanilla, target: 'http://other.example/' },
  ],
  [
    'MalformedTarget',
    "Could not parse the specified URI: expected /path or http://host/path, with no '%2E' for a dot segment.",
    { ...vanilla, target: 'a' },
  ],
  ['MalformedQuery', 'The query string is not valid percent-encoded UTF-8.', { ...vanilla, target: '/?a=%' }],
  ['UnsignedPayload', 'The payload must be signed: UNSIGNED-PAYLOAD is not accepted here.', unsigned],
  [
    'PayloadHashMismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    signed({ headers: { 'X-Amz-Content-Sha256': 'a' } }),
  ],
  ['SignatureMismatch', MISMATCH, { ...vanilla, target: '/a' }],
  ['SignatureMismatch', `${MISMATCH} The method came in lower case.`, { ...vanilla, method: 'get' }],
  [
    'SignatureMismatch',
    `${MISMATCH} The body came as Content-Encoding 'gzip': give it as it was received, before anything inflates it.`,
    { ...post, body: 'b' },
  ],
  ['SignatureMismatch', MISMATCH, { ...post, headers: { ...post.headers, 'content-encoding': 'identity' } }],
  [
    'BodyMismatch',
    "The body of 0 bytes is not the one that the header Content-Length '1' announces.",
    { ...vanilla, headers: [...pairs, ['content-length', '1']], body: '' },
  ],
  [
    'BodyMismatch',
    `The body of 0 bytes is not the one that the header Content-Length '1' announces. None was given.${UNREAD}`,
    { ...post, body: undefined },
  ],
  [
    'BodyMismatch',
    "The body of 0 bytes is not the one that the header Content-Length '0, 0' announces.",
    { ...vanilla, headers: [...pairs, ['content-length', '0'], ['content-length', '0']], body: '' },
  ],
  [
    'BodyMismatch',
    `The body of 0 bytes is not the one that the header Transfer-Encoding announces. None was given.${UNREAD}`,
    withHeaders({ 'Transfer-Encoding': 'chunked' }),
  ],
  [
    'BodyMismatch',
    `The body was not given: over HTTP/2 it has to be, an empty one as well.${UNREAD}`,
    withHeaders({ ':method': 'GET' }),
  ],
])('%s: %s', async (code, message, request) => {
  expect(await verify(request)).toMatchObject({ ok: false, code, message });
});

it.each<[string, object, unknown]>([
  ['request: expected a Request or { method, target, headers, body }, got 5', {}, 5],
  ['request.method: expected text such as GET, got a string of 0 characters', { method: '' }, undefined],
  [
    'request.target: expected the target of the request line (of a Node server: req.originalUrl ?? req.url), got undefined',
    { target: undefined },
    undefined,
  ],
  ['request.headers: expected the headers (of a Node server: req.rawHeaders), got null', { headers: null }, undefined],
  [
    'request.headers: expected the headers (of a Node server: req.rawHeaders), got a string of 7 characters',
    { headers: 'Host: a' },
    undefined,
  ],
  [
    "request.headers: expected pairs, Node's rawHeaders, an object or Headers, with names and values that are text",
    { headers: [5] },
    undefined,
  ],
  ['request.rawBody: expected only method, target, headers, body', { rawBody: '' }, undefined],
  [
    'request.body: expected text or bytes as they were received, got Array (a stream has to be read first, and a parsed body is not what was signed)',
    { body: [] },
    undefined,
  ],
])('what is no request: %s', async (message, change, request) => {
  const wrong = verify((request ?? { ...vanilla, ...change }) as WireRequest);
  await expect(wrong).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest', message });
});

it('the body of a request of Node’s is what was received, as text or bytes, and nothing that a parser made', () => {
  const bodyOf = (parts: object) => fromNodeRequest({ method: 'PUT', url: '/', rawHeaders: [], ...parts }).body;
  const bytes = new Uint8Array([1]);
  expect([bodyOf({ body: 'a' }), bodyOf({ body: bytes }), bodyOf({ body: '' })]).toEqual(['a', bytes, '']);
  expect([bodyOf({ body: { a: 1 } }), bodyOf({ body: 5 }), bodyOf({})]).toEqual([undefined, undefined, undefined]);
  expect(bodyOf({ body: 'parsed', rawBody: 'a' })).toBe('a');
  expect(bodyOf({ raw: { method: 'PUT', url: '/', rawHeaders: [], rawBody: 'a' }, body: {} })).toBe('a');
  expect(() => bodyOf({ rawHeaders: undefined })).toThrow(
    "request: expected a request of Node's, Express's or Fastify's; a standard Request is given to verifyRequest as it is, got Object",
  );
});

// `/%FF` decodes to no text, and would have the signature of `/%25FF`, another key.
it.each(['/%FF', '/a%C3', '/%c3%28'])('S3’s key %s is none', async (path) => {
  const wire = signed({ service: 's3', path: '/a', headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } });
  expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
  expect(await verify({ ...wire, target: path }, { service: 's3' })).toMatchObject({
    code: 'MalformedTarget',
    message: "Could not parse the specified URI: expected /path or http://host/path, with no '%2E' for a dot segment.",
  });
});

it('a request whose body was read before is an error that says so', async () => {
  const request = new Request('https://example.com/', { method: 'POST', body: 'a' });
  await request.text();
  await expect(verify(request)).rejects.toThrow('request: its body was read before; verify first');
});
