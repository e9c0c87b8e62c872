import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { VerifyError, verifyRequest } from '../../src/verify';
import type { VerifyCredentials, VerifyResult, WireRequest } from '../../src/verify';
import { now, secretAccessKey, signed, vanilla, verify, withHeaders } from '../support/verifyHarness';

describe("AWS's own example", () => {
  it.each<[string, Request | WireRequest]>([
    ['a plain object', vanilla],
    ['pairs of headers', { ...vanilla, headers: Object.entries(vanilla.headers) }],
    ["Node's rawHeaders", { ...vanilla, headers: Object.entries(vanilla.headers).flat() }],
    ['Headers', { ...vanilla, headers: new Headers(vanilla.headers) }],
    [
      "Node's headers, lists among them",
      { ...vanilla, headers: { ...lowerCase(vanilla.headers), 'set-cookie': ['a', 'b'], via: undefined } },
    ],
    ['a Request', new Request('https://example.amazonaws.com/', { headers: vanilla.headers })],
    ['an empty body', { ...vanilla, body: '' }],
    ['empty bytes', { ...vanilla, body: new Uint8Array() }],
    ['an empty ArrayBuffer', { ...vanilla, body: new ArrayBuffer(0) }],
    ['no body', { ...vanilla, body: null }],
  ])('as %s', async (_, request) => {
    expect(await verify(request)).toEqual({
      ok: true,
      caller: {},
      accessKeyId: 'AKIDEXAMPLE',
      signedHeaders: ['host', 'x-amz-date'],
      date: now(),
      region: 'us-east-1',
      service: 'service',
      place: 'header',
      method: 'GET',
      host: 'example.amazonaws.com',
      path: '/',
      query: [],
      target: '/',
    });
  });

  function lowerCase(headers: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  }

  it('as a Request whose host stands only in its URL', async () => {
    const { Host, ...headers } = vanilla.headers;
    expect(await verify(new Request(`https://${Host}/`, { headers }))).toMatchObject({ ok: true });
    expect(await verify(new Request('https://example.com/', { headers }))).toMatchObject({ code: 'SignatureMismatch' });
  });

  it("a Request's body is checked, and stays to be read", async () => {
    const body = 'Param1=value1';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const wire = signed({ method: 'POST', body, headers });
    const request = (content: string): Request =>
      new Request('http://example.amazonaws.com/', { method: 'POST', body: content, headers: wire.headers });
    const good = request(body);
    expect(await verify(good)).toMatchObject({ ok: true });
    expect(await good.text()).toBe(body);
    expect(await verify(request('Param1=value2'))).toMatchObject({ code: 'SignatureMismatch' });
    await expect(verify(good)).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest' });
  });

  it.each([
    [undefined, 'request: expected a Request or { method, target, headers, body }'],
    ['GET /', 'request: expected a Request or { method, target, headers, body }'],
    [
      { method: 'GET', url: '/', headers: {}, rawHeaders: [] },
      /^request\.target: .* \(of a Node server: req\.originalUrl/,
    ],
    [{ method: 'GET', target: '/' }, /^request\.headers: .* \(of a Node server: req\.rawHeaders\), got undefined$/],
    [{ target: '/', headers: {} }, 'request.method: expected text such as GET, got undefined'],
  ])('%j in its place is refused in words', async (given, message) => {
    const error = { name: 'VerifyError', code: 'InvalidRequest' };
    await expect(verify(given as never)).rejects.toMatchObject(error);
    await expect(verify(given as never)).rejects.toThrow(message);
  });

  it.each<[string, WireRequest['body']]>([
    ['text', 'é'],
    ['bytes', new TextEncoder().encode('é')],
    ['a part of a buffer', new Uint8Array([0, 0xc3, 0xa9, 0]).subarray(1, 3)],
    ['an ArrayBuffer', new Uint8Array([0xc3, 0xa9]).buffer],
    ['a DataView of a part', new DataView(new Uint8Array([0, 0xc3, 0xa9, 0]).buffer, 1, 2)],
    ['wider numbers', new Uint16Array(new Uint8Array([0, 0, 0xc3, 0xa9]).buffer, 2)],
    ['a SharedArrayBuffer', shared(0xc3, 0xa9)],
    ["another realm's bytes", inOtherRealm('Uint8Array.of(0xc3, 0xa9)')],
    ["another realm's ArrayBuffer", inOtherRealm('Uint8Array.of(0xc3, 0xa9).buffer')],
    ["another realm's SharedArrayBuffer", otherShared()],
  ])('takes the body as %s', async (_, body) => {
    const wire = signed({ method: 'POST', body: 'é' });
    expect(await verify({ ...wire, body })).toMatchObject({ ok: true });
    expect(await verify({ ...signed({ method: 'POST' }), body })).toMatchObject({ code: 'SignatureMismatch' });
  });

  describe('{}, as body-parser 1 leaves it where it parsed nothing,', () => {
    const verifyWith = (headers: Record<string, string>): Promise<VerifyResult> => {
      const wire = signed({ method: 'DELETE' });
      return verify({ ...wire, headers: { ...wire.headers, ...headers }, body: {} as never });
    };

    it.each<[string, Record<string, string>]>([
      ['no body', {}],
      ['a length of none', { 'Content-Length': '0' }],
    ])('is taken for a request with %s', async (_, headers) => {
      expect(await verifyWith(headers)).toMatchObject({ ok: true });
    });

    it.each<[string, Record<string, string>]>([
      ['a body', { 'Content-Length': '5' }],
      ['a body of unknown length', { 'Transfer-Encoding': 'chunked' }],
    ])('is refused for one with %s', async (_, headers) => {
      expect(await verifyWith(headers)).toMatchObject({ ok: false, code: 'BodyMismatch' });
    });
  });

  it.each<[string, unknown]>([
    ['Object', Readable.from(['private'])], // as Node's IncomingMessage
    ['Object', { private: 'private' }], // as Express's parsed body
    ['Object', { length: 20_000_000 }],
    ['Array', ['private']],
    ['Array', [112, 114]],
    ['Map', new Map([[1, 'private']])],
    ['Blob', new Blob(['private'])],
    ['FormData', new FormData()],
    ['ReadableStream', new Response('private').body],
    ['Promise', Promise.resolve('private')],
    ['AsyncGenerator', chunks()],
    ['Function', () => 'private'],
    ['Number', 5],
    ['Boolean', false],
    ['String', new String('private')],
  ])('throws for a body of the kind %s, which would pass for an empty one', async (kind, body) => {
    const result = verify({ ...signed({ method: 'POST' }), body: body as WireRequest['body'] });
    await expect(result).rejects.toBeInstanceOf(VerifyError);
    const error = (await result.catch((caught: unknown) => caught)) as VerifyError;
    expect(error.code).toBe('InvalidRequest');
    expect(error.message).toMatch(/^request\.body: expected text or bytes as they were received/);
    expect(error.message).toContain(`, got ${kind} `);
    expect(inspect(error) + JSON.stringify(error)).not.toMatch(/'private'|"private"|: private/);
  });

  async function* chunks(): AsyncGenerator<string> {
    yield await Promise.resolve('private');
  }
  function inOtherRealm(code: string): Uint8Array {
    return runInNewContext(code) as Uint8Array;
  }
  function shared(...bytes: number[]): SharedArrayBuffer {
    const buffer = new SharedArrayBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    return buffer;
  }
  function otherShared(): SharedArrayBuffer {
    const buffer = runInNewContext('new SharedArrayBuffer(2)') as SharedArrayBuffer;
    new Uint8Array(buffer).set([0xc3, 0xa9]);
    return buffer;
  }
});

describe('the path', () => {
  it.each([
    ['/a/./b/../c//d/', '/a/c/d/', 'service', true],
    ['/a/./b/../c//d/', '/a/x/d/', 'service', false],
  ])('%s is %s for %s: %p', async (target, path, service, ok) => {
    expect(await verify({ ...signed({ path, service }), target }, { service })).toMatchObject({ ok });
  });

  it('of S3 is encoded once and not normalized', async () => {
    const wire = signed({ path: '/a//b/../c%20d', service: 's3' });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify(wire, { service: 's3', normalizePath: true })).toMatchObject({ ok: false });
    expect(await verify(wire, { service: 's3', doubleEncodePath: true })).toMatchObject({ ok: false });
  });
});

it('lets headers that are added on the way be unsigned', async () => {
  const through = withHeaders({ 'X-Amz-Cf-Id': 'abc', 'X-Amzn-Trace-Id': 'Root=1', 'X-Forwarded-For': '127.0.0.1' });
  expect(await verify(through)).toMatchObject({ ok: true });
  expect(await verify(through, { unsignedHeaders: [] })).toMatchObject({ code: 'HeaderNotSigned' });
  expect(await verify(withHeaders({ 'X-Amz-Acl': 'public-read' }))).toMatchObject({ code: 'HeaderNotSigned' });
  expect(await verify(withHeaders({ 'X-Amz-Acl': 'x' }), { unsignedHeaders: ['x-amz-acl'] })).toMatchObject({
    ok: true,
  });
});

it('shows what it computed where the signature differs, in AWS’s form', async () => {
  const result = await verify({ ...vanilla, target: '/?a=b' });
  const canonicalRequest = `GET\n/\na=b\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n${createHash('sha256').digest('hex')}`;
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  expect((result as { canonicalRequest?: string }).canonicalRequest).toBe(canonicalRequest);
  expect(result).toEqual({
    ok: false,
    code: 'SignatureMismatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    stringToSign: `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n${hash}`,
  });
});

it('shows no secret in any result', async () => {
  const sessionToken = 'a-private-token';
  const found = { secretAccessKey, sessionToken, expiration: new Date('2100-01-01'), identityId: 'us-east-1:1' };
  const good = signed({ sessionToken });
  const results = [
    await verifyRequest(good, { credentials: () => found, now }),
    await verifyRequest({ ...good, target: '/other' }, { credentials: () => found, now }),
    await verifyRequest(good, { credentials: () => ({ ...found, sessionToken: 'x' }), now }),
  ];
  expect(results[0]).toMatchObject({ ok: true, caller: { identityId: 'us-east-1:1', expiration: found.expiration } });
  for (const result of results) {
    const shown = inspect(result, { depth: 9 }) + JSON.stringify(result);
    expect(shown).not.toContain(secretAccessKey);
    expect(shown).not.toContain(sessionToken);
  }
  expect(found.secretAccessKey).toBe(secretAccessKey); // what the lookup gave is left as it was
});

it('lets what the lookup throws through, and waits for a slow one', async () => {
  const failing = (): Promise<VerifyCredentials> => Promise.reject(new Error('database down'));
  await expect(verify(vanilla, { credentials: failing })).rejects.toThrow('database down');
  const slow = async (): Promise<VerifyCredentials> => {
    await new Promise((done) => setTimeout(done, 5));
    return { secretAccessKey };
  };
  expect(await verify(vanilla, { credentials: slow })).toMatchObject({ ok: true });
});

it.each([{}, { method: 'GET' }, { method: 'GET', target: '/' }, { method: '', target: '/', headers: {} }])(
  'throws for a request that is none: %o',
  async (request) => {
    const wrong = verify(request as WireRequest);
    await expect(wrong).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest' });
  },
);

it('leaves the app its own parameters where the signature is in the header', async () => {
  const path = '/?X-Amz-Date=1&X-Amz-Expires=2&b=1';
  expect(await verify(signed({ path }))).toMatchObject({ target: path });
});
