import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { sign as aws4Sign } from 'aws4';
import fc from 'fast-check';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToPresign } from '../../src/sigv4';
import { anyRequest } from '../support/sigV4Arbitraries';
import { configOf, CREDENTIALS, DATE, NodeSha256, queryBag, TOKEN } from '../support/sigV4Harness';
import { errorOf, expectRefusal, presign as presignAny } from '../support/sigV4Refusal';

const { accessKey: accessKeyId, secretKey: secretAccessKey } = CREDENTIALS;
const presign = (request?: RequestToPresign, config?: Partial<ClientConfig>) =>
  new URL(newClient(configOf(config)).presignUrl(request));
const signatureOf = (url: URL) => url.searchParams.get('X-Amz-Signature');
/** Path and query as they go out, without what the signing adds. */
const targetOf = (url: URL) => url.href.slice(url.origin.length);
const given = (url: URL) => Object.entries(queryBag(targetOf(url))).filter(([name]) => !name.startsWith('X-Amz-'));

/** The signature by @smithy/signature-v4 of the request behind a presigned URL. */
async function smithySignature(
  url: URL,
  method: string,
  headers: Record<string, string> = {},
  service = 'execute-api',
) {
  const signed = url.searchParams.get('X-Amz-Security-Token');
  const sessionToken = signed === null ? {} : { sessionToken: signed };
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...sessionToken },
    region: 'eu-west-1',
    service,
    sha256: NodeSha256,
    applyChecksum: false,
  });
  const request = new HttpRequest({
    method,
    path: url.pathname,
    query: Object.fromEntries(given(url)),
    headers: { host: url.host, ...headers },
  });
  const options = {
    signingDate: DATE,
    expiresIn: Number(url.searchParams.get('X-Amz-Expires')),
    signableHeaders: new Set((url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';')),
    unhoistableHeaders: new Set(Object.keys(headers)),
  };
  return (await signer.presign(request, options)).query?.['X-Amz-Signature'];
}

/** The URL's signature by aws4. */
function aws4Signature(url: URL, service: string): string | null {
  const query = targetOf(url).replace(/^[^?]*\?/, '');
  const unsigned = query.split('&').filter((pair) => !/^X-Amz-(Signature|Security-Token)=/.test(pair));
  const path = `${url.pathname}?${unsigned.join('&')}`;
  const token = url.searchParams.get('X-Amz-Security-Token');
  const credentials = { accessKeyId, secretAccessKey, ...(token !== null && { sessionToken: token }) };
  const request = { host: url.host, path, service, region: 'eu-west-1', signQuery: true };
  const signed = new URL(aws4Sign(request, credentials).path ?? '', url.origin);
  return signatureOf(signed);
}

describe('a link', () => {
  test('carries all of the signature in its query', () => {
    const url = presign({ path: '/notes/1', queryParams: { b: 2, a: ['x y'] } });
    expect(url.href.replace(/&X-Amz-Signature=[\da-f]{64}$/, '')).toBe(
      'https://abc123.execute-api.eu-west-1.amazonaws.com/dev/notes/1?b=2&a=x%20y&X-Amz-Algorithm=AWS4-HMAC-SHA256' +
        '&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Feu-west-1%2Fexecute-api%2Faws4_request&X-Amz-Date=20150830T123600Z' +
        '&X-Amz-Expires=300&X-Amz-SignedHeaders=host',
    );
  });

  test.each([undefined, TOKEN])(
    'is signed as aws4 and @smithy/signature-v4 do, with session token %s',
    async (token) => {
      const url = presign({ path: "/my notes/(1)'é", queryParams: { "a!*'()": 'é&=+/' } }, { sessionToken: token });
      expect(url.searchParams.get('X-Amz-Security-Token')).toBe(token ?? null);
      expect(signatureOf(url)).toBe(aws4Signature(url, 'execute-api'));
      expect(signatureOf(url)).toBe(await smithySignature(url, 'GET'));
    },
  );

  test('random links', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, fc.integer({ min: 1, max: 604800 }), async (request, expiresIn) => {
        const { method = 'GET', path, queryParams } = request;
        const url = presign({ method, path, queryParams, expiresIn });
        expect(signatureOf(url)).toBe(await smithySignature(url, method.toUpperCase()));
      }),
      { numRuns: 300 },
    );
  });

  test('signs the headers that will be sent with it, but none of its own or of the browser', async () => {
    const headers = { 'X-A': '  b  c ', 'Content-Type': 'text/csv' };
    const noise = { Authorization: 'Bearer abc', Host: 'elsewhere', 'x-amz-date': 'then', 'User-Agent': 'me' };
    const url = presign({ method: 'PUT', path: '/notes', headers: { ...headers, ...noise } });
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-type;host;x-a');
    expect(signatureOf(url)).toBe(await smithySignature(url, 'PUT', headers));
  });

  test.each([1, 60, 604800])('is valid for %i seconds', (expiresIn) => {
    expect(presign({ expiresIn }).searchParams.get('X-Amz-Expires')).toBe(String(expiresIn));
  });

  test('is valid for 300 seconds from the clock, unless said otherwise', () => {
    expect(presign().searchParams.get('X-Amz-Expires')).toBe('300');
    expect(presign().searchParams.get('X-Amz-Date')).toBe('20150830T123600Z');
    const date = new Date('2020-02-29T23:59:59.999Z');
    expect(presign({ date }).searchParams.get('X-Amz-Date')).toBe('20200229T235959Z');
  });

  test('has its query sorted with the old bytes', () => {
    const { search } = presign({ queryParams: { b: 2, a: 1 } }, { signSessionToken: false });
    expect(search).toMatch(/^\?X-Amz-Algorithm=.*&X-Amz-SignedHeaders=host&a=1&b=2&X-Amz-Signature=/);
  });

  test('has the session token behind its signed part with signSessionToken: false', () => {
    const url = presign({}, { sessionToken: TOKEN, signSessionToken: false, region: 'eu-west-1' });
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe(TOKEN);
    expect(signatureOf(url)).toBe(signatureOf(presign({}, { region: 'eu-west-1' })));
  });
});

describe('presigning a presigned URL', () => {
  test('drops the old signature, and keeps how long it is valid', () => {
    const first = presign({ path: '/notes', queryParams: { a: 1 }, expiresIn: 60 }, { sessionToken: 'old-token' });
    const path = targetOf(first).replace('/dev', '');
    const again = presign({ path }, { sessionToken: TOKEN });
    expect(again.href).toBe(
      presign({ path: '/notes', queryParams: { a: 1 }, expiresIn: 60 }, { sessionToken: TOKEN }).href,
    );
  });

  test('drops it from queryParams as well, whatever its case', () => {
    const queryParams = { a: 1, 'x-amz-signature': '00', 'X-AMZ-EXPIRES': 9, 'X-Amz-Security-Token': 'old' };
    expect(presign({ queryParams }).href).toBe(presign({ queryParams: { a: 1 }, expiresIn: 9 }).href);
  });
});

describe('X-Amz-Expires in the query', () => {
  test('is how long the link is valid', () => {
    expect(presign({ path: '/notes?X-Amz-Expires=60' }).searchParams.getAll('X-Amz-Expires')).toEqual(['60']);
    expect(presign({ path: '/notes?X-Amz-Expires=60', expiresIn: 60 }).searchParams.get('X-Amz-Expires')).toBe('60');
  });

  test.each([
    [{ path: '/notes?X-Amz-Expires=60', expiresIn: 61 }, 'and the same as X-Amz-Expires in the query, got 61'],
    [{ path: '/notes?X-Amz-Expires=1e9' }, 'expected whole seconds, 1 to 604800, got'],
    [{ queryParams: { 'x-amz-expires': 'soon' } }, 'expected whole seconds, 1 to 604800, got'],
    [{ queryParams: { 'x-amz-expires': '' } }, 'expected whole seconds, 1 to 604800, got'],
  ])('%j is refused', (request, text) => {
    expect(() => presign(request)).toThrow(
      expect.objectContaining({ code: 'InvalidExpiresIn', message: expect.stringContaining(text) as string }) as Error,
    );
  });
});

describe('a WebSocket address', () => {
  const endpoint = 'wss://abc123.execute-api.eu-west-1.amazonaws.com/dev';

  test('is signed as a GET of the same host and path', async () => {
    const url = presign({ queryParams: { room: 'a b' }, expiresIn: 60 }, { endpoint, sessionToken: TOKEN });
    expect(url.protocol).toBe('wss:');
    expect(url.pathname).toBe('/dev');
    expect(signatureOf(url)).toBe(await smithySignature(url, 'GET'));
  });

  test('has the signature of the https link', () => {
    expect(presign({}, { endpoint }).href.replace(/^wss/, 'https')).toBe(presign({}).href);
  });
});

describe('a link to S3', () => {
  const endpoint = 'https://bucket.s3.eu-west-1.amazonaws.com';

  test.each(['/a.txt', '/my photos/é (1).jpg', "/a+b=c&d,e;f:g@h!i*j'k$l", '/a//b', '/a?versionId=2&versionId=1'])(
    '%s',
    (path) => {
      const url = presign({ path, expiresIn: 3600 }, { endpoint, sessionToken: TOKEN });
      expect(signatureOf(url)).toBe(aws4Signature(url, 's3')); // UNSIGNED-PAYLOAD
    },
  );

  test('can hold the hash of the body that is going to be sent', () => {
    const payloadHash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const [any, one] = [presign({}, { endpoint }), presign({ payloadHash }, { endpoint })];
    expect(signatureOf(one)).not.toBe(signatureOf(any));
  });

  test.each(['s3', 'execute-api'])('and of %s in the header that will be sent with it', async (serviceName) => {
    const headers = { 'x-amz-content-sha256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' };
    const url = presign({ method: 'PUT', path: '/a', headers }, { endpoint, serviceName });
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-amz-content-sha256');
    expect(signatureOf(url)).toBe(await smithySignature(url, 'PUT', headers, serviceName));
  });
});

test.each([0, -1, 604801, 1.5, NaN, Infinity, '300', null])('expiresIn %p', (expiresIn) => {
  expectRefusal(() => presignAny({ expiresIn }), 'InvalidExpiresIn', 'expiresIn', /./);
});

test('a body is refused: a link has none', () => {
  const act = () => presignAny({ method: 'POST', body: { a: 1 } });
  expectRefusal(act, 'InvalidOption', 'body', /^Object$/);
  expect(errorOf(act).message).toContain('a known option, one of method, path, queryParams, headers,');
});
