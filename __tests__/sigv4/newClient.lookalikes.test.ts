/** Inputs that look like the signer's own and are the app's: they go through, signed, and no error shows them. */
import { createCanonicalRequest } from '../../src/sigv4';
import { headerOf, queryBag, readAuthorization, useRecorder } from '../support/sigV4Harness';
import { clientOf, errorOf, presign, sign } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

const LOOK_LIKE_OURS = [
  'X-Authorization',
  'Authorization-Token',
  'X-Host',
  'Host-Name',
  'X-Amz-Date-From',
  'my-x-amz-date',
  'X-Amz-Security-Token-Hint',
  'old-x-amz-security-token',
];

test.each(LOOK_LIKE_OURS)('the header %s is the app’s own: sent and signed', async (name) => {
  const wire = await call({ headers: { [name]: 'the app’s'.replace('’', "'") } });
  expect(headerOf(wire, name.toLowerCase())).toBe("the app's");
  expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toContain(name.toLowerCase());
});

test.each(['X-Amz-Date-From', 'my-X-Amz-Date', 'X-Amz-Signature-Old', 'X-Amz-Expires-At', 'from-X-Amz-Expires'])(
  'the parameter %s of a presigned URL is the app’s own',
  (name) => {
    const url = presign({ path: `/notes?${name}=1`, queryParams: { [name]: '2' } });
    expect(queryBag(new URL(url).search)[name]).toEqual(['1', '2']);
    expect(queryBag(new URL(url).search)['X-Amz-Expires']).toEqual(['300']);
  },
);

test.each([
  'Cookie',
  'Proxy-Authorization',
  'Proxy-Note',
  'Sec-Fetch-Mode',
  'Sec-Note',
  'X-Forwarded-For',
  'X-Forwarded-Note',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
])('%s, which browsers drop or proxies write anew, is sent and not signed', (name) => {
  const { headers } = sign({ headers: { [name]: 'a' } });
  expect(headers[name]).toBe('a');
  expect(readAuthorization(headers.Authorization).signedHeaders).toEqual(['accept', 'host', 'x-amz-date']);
});

test.each(['X-Method', 'method', 'X-Region', 'region', 'endpoint', 'X-Endpoint', 'service', 'serviceName'])(
  'the value of a header %s is not shown',
  (name) => {
    const { message, option } = errorOf(() => sign({ headers: { [name]: 'hunter2\n' } }));
    expect(option).toBe(`headers['${name}']`);
    expect(message).not.toContain('hunter2');
    expect(message).toContain('got a string of 8 characters');
  },
);

test('no headers at all, as null', async () => {
  const wire = await call({ headers: null });
  expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toEqual(['accept', 'host', 'x-amz-date']);
});

test.each([
  ['/dev', '?a=1', '/dev?a=1'],
  ['/dev/', '?a=1', '/dev/?a=1'],
  ['', '?a=1', '/?a=1'],
  ['/dev', '/proxy/https://example.com', '/dev/proxy/https://example.com'],
  [
    '/dev',
    'proxy/https://example.com?b=https://example.org',
    '/dev/proxy/https://example.com?b=https%3A%2F%2Fexample.org',
  ],
  ['/dev', '/notes?=b&a=1', '/dev/notes?a=1'],
  ['/dev', '/notes?=b', '/dev/notes'],
])('an endpoint with %j and the path %j: %s', async (base, path, target) => {
  expect((await call({ path }, { endpoint: recorder.url() + base })).target).toBe(target);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html: each segment twice, but for S3
test('a canonical request encodes the path once more, unless it is told not to', () => {
  const input = { method: 'GET', path: '/a%20b/./c', query: [], headers: [], payloadHash: '' };
  const pathOf = (changes: object) => createCanonicalRequest({ ...input, ...changes }).split('\n')[1];
  expect(pathOf({})).toBe('/a%2520b/c');
  expect(pathOf({ doubleEncodePath: false })).toBe('/a%20b/c');
  expect(pathOf({ normalizePath: false })).toBe('/a%2520b/./c');
});

test.each(['https://s3.amazonaws.com', 'https://s3.amazonaws.com/bucket', 'https://bucket.s3.amazonaws.com'])(
  '%s is S3 in us-east-1',
  (endpoint) => {
    const { region, serviceName } = clientOf({ endpoint, region: undefined });
    expect([region, serviceName]).toEqual(['us-east-1', 's3']);
  },
);
