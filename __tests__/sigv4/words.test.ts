/** What the signer says was expected, in its whole words: they are the whole help of someone whose request is refused. */
import { createCanonicalRequest, newClient } from '../../src/sigv4';
import type { ClientConfig } from '../../src/sigv4';
import { configOf } from '../support/sigV4Harness';
import { errorOf, presign, sign } from '../support/sigV4Refusal';

const endpoint = 'https://api.example.com/dev';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

it.each<[string, object]>([
  ['config: expected an object, got Array', []],
  [
    "accessKey: expected printable ASCII without spaces, '/' and ',', and not the text 'undefined' or 'null', got a string of 3 characters",
    configOf({ accessKey: 'a/b' }),
  ],
  [
    "secretKey: expected printable ASCII without spaces, no access key id, and not the text 'undefined' or 'null', got a string of 3 characters",
    configOf({ secretKey: 'a b' }),
  ],
  [
    "credentials.secretAccessKey: expected printable ASCII without spaces, no access key id, and not the text 'undefined' or 'null', got Number",
    { endpoint, credentials: { ...credentials, secretAccessKey: 5 } },
  ],
  [
    'credentials: expected { accessKeyId, secretAccessKey, sessionToken } alone (a function: await what it gives), got null',
    { endpoint, credentials: null },
  ],
  [
    'endpoint: expected https://host/path as text, without query, fragment or user, got "ftp://h"',
    configOf({ endpoint: 'ftp://h' }),
  ],
  [
    'signedHost: expected a host, without scheme and path, got a string of 10 characters',
    configOf({ endpoint, signedHost: 'a.example/' }),
  ],
  ['region: expected a name such as eu-west-1, got "a b"', configOf({ region: 'a b' })],
  ['service: expected a name such as execute-api, got "a b"', { ...configOf(), service: 'a b' }],
  ['serviceName: expected a name such as execute-api, got "a b"', configOf({ serviceName: 'a b' })],
  ['serviceName: expected the same as service, got "b"', { ...configOf({ endpoint, serviceName: 'b' }), service: 'a' }],
  [
    'region: expected eu-west-1, that of the host abc123.execute-api.eu-west-1.amazonaws.com, got "us-east-1"',
    configOf({ region: 'us-east-1' }),
  ],
  [
    'region: expected the region, which the host abc.mrap.accesspoint.s3-global.amazonaws.com does not state (a Multi-Region Access Point takes SigV4a, which is not supported), got undefined',
    configOf({ endpoint: 'https://abc.mrap.accesspoint.s3-global.amazonaws.com' }),
  ],
  ['signBody: expected true or false, got null', configOf({ signBody: null as never })],
  ['now: expected a function, got 5', configOf({ now: 5 as never })],
  ['hash: expected an engine, got Object', configOf({ hash: {} as never })],
  ['unsignedHeaders: expected an array of header names, got Object', configOf({ unsignedHeaders: {} as never })],
  [
    'unsignedHeaders: expected names, but not host and x-amz-…, which AWS wants signed, got a string of 4 characters',
    configOf({ unsignedHeaders: ['Host'] }),
  ],
  [
    'extraSignedHeaders: expected names, but not authorization, got a string of 13 characters',
    configOf({ extraSignedHeaders: ['authorization'] }),
  ],
  [
    'extraSignedHeaders: expected none of unsignedHeaders, got a string of 3 characters',
    configOf({ extraSignedHeaders: ['a-b'], unsignedHeaders: ['A-B'] }),
  ],
  [
    'defaultAcceptType: expected a line of Latin-1 text, got a string of 1 characters',
    configOf({ defaultAcceptType: '€' }),
  ],
])('newClient: %s', (message, config) => {
  expect(errorOf(() => newClient(config as ClientConfig)).message).toBe(message);
});

it.each<[string, unknown]>([
  ['request: expected an object, got undefined', undefined],
  ['method: expected an HTTP method, got "a b"', { method: 'a b' }],
  ['path: expected a path, no absolute URL, got a string of 19 characters', { path: 'https://example.com' }],
  ['path: expected a path below that of the endpoint, got a string of 10 characters', { path: '/../../prd' }],
  ['queryParams: expected an object, got a string of 3 characters', { queryParams: 'a=b' }],
  ['queryParams: expected an object, or pairs, got Promise (await it first)', { queryParams: Promise.resolve() }],
  [
    'queryParams[1]: expected a pair of a name and a value, got a string of 2 characters',
    { queryParams: [['a', 'b'], 'cd'] },
  ],
  ["queryParams['a']: expected text, numbers or booleans, got Object", { queryParams: { a: {} } }],
  ['headers: expected an object, got 5', { headers: 5 }],
  ["headers['a b']: expected a legal name, got a string of 3 characters", { headers: { 'a b': 'c' } }],
  ["headers['a']: expected a line of Latin-1 text, got a string of 1 characters", { headers: { a: '€' } }],
  ["headers['a']: expected a line of Latin-1 text, got Array", { headers: { a: [] } }],
  ['payloadHash: expected hex SHA-256 or UNSIGNED-PAYLOAD, got a string of 3 characters', { payloadHash: 'a b' }],
  ['date: expected a valid Date, or milliseconds since 1970, got -1', { date: -1 }],
])('sign and presign: %s', (message, request) => {
  for (const act of [sign, presign].slice(0, request === undefined ? 1 : 2)) {
    expect(errorOf(() => act(request)).message).toBe(message);
  }
});

it.each<[string, object]>([
  [
    "headers['content-type']: expected multipart/form-data with its boundary; left away for a FormData, which states its own, got a string of 19 characters",
    { body: 'a', headers: { 'Content-Type': 'multipart/form-data' } },
  ],
  [
    'body: expected text, bytes, URLSearchParams or JSON without BigInts and circles (read all others into bytes first), got Blob',
    { body: new Blob([]) },
  ],
  [
    'body: expected text, bytes, URLSearchParams or JSON without BigInts and circles (read all others into bytes first), got BigInt',
    { body: 1n },
  ],
])('sign: %s', (message, request) => {
  expect(errorOf(() => sign({ method: 'POST', ...request })).message).toBe(message);
});

it.each<[string, object]>([
  ['expiresIn: expected whole seconds, 1 to 604800, got 0', { expiresIn: 0 }],
  [
    'expiresIn: expected whole seconds, 1 to 604800, and the same as X-Amz-Expires in the query, got 5',
    { expiresIn: 5, path: '/?X-Amz-Expires=6' },
  ],
])('presign: %s', (message, request) => {
  expect(errorOf(() => presign(request)).message).toBe(message);
});

it.each<[string, object]>([
  ['query: expected pairs of name and value, got Object', { query: {} }],
  ['headers: expected pairs of name and value, got undefined', { headers: undefined }],
  ['payloadHash: expected text, got undefined', { payloadHash: undefined }],
])('createCanonicalRequest: %s', (message, change) => {
  const input = { method: 'GET', path: '/', query: [], headers: [], payloadHash: 'a', ...change };
  expect(errorOf(() => createCanonicalRequest(input as never)).message).toBe(message);
});
