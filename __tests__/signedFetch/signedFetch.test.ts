import { SigV4Error } from '../../src/sigv4';
import { nodeHash } from '../../src/hash/node';
import { createSignedFetch } from '../../src/signedFetch/index';
import { verifyRequest } from '../../src/verify/index';
import { answer, ANY_KEYS, closeAll, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';

afterAll(closeAll);

const streamOf = (...parts: string[]): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });

function form(): FormData {
  const data = new FormData();
  data.append('name', 'Zoë & co');
  data.append('file', new File([new Uint8Array([0, 255, 13, 10])], 'a b.bin', { type: 'image/png' }));
  return data;
}

const bodies: [string, () => RequestInit & { duplex?: 'half' }][] = [
  ['no body', () => ({ method: 'POST' })],
  ['an empty string', () => ({ method: 'POST', body: '' })],
  ['a string', () => ({ method: 'POST', body: 'grüße ☃' })],
  ['a string with a lone surrogate', () => ({ method: 'POST', body: 'a\ud800b' })],
  ['a string with a type', () => ({ method: 'PUT', body: '{"a":1}', headers: { 'Content-Type': 'application/json' } })],
  ['bytes', () => ({ method: 'POST', body: new Uint8Array([0, 1, 254, 255]) })],
  ['a part of a buffer', () => ({ method: 'POST', body: new Uint8Array([0, 1, 2, 3]).subarray(1, 3) })],
  ['an ArrayBuffer', () => ({ method: 'PATCH', body: new Uint8Array([9, 8, 7]).buffer })],
  ['a Blob', () => ({ method: 'POST', body: new Blob(['<b>x</b>'], { type: 'text/html' }) })],
  ['a Blob without a type', () => ({ method: 'POST', body: new Blob(['x']) })],
  ['a File', () => ({ method: 'PUT', body: new File(['x'], 'x.csv', { type: 'text/csv' }) })],
  ['URLSearchParams', () => ({ method: 'POST', body: new URLSearchParams({ a: '1 2', b: 'ü&' }) })],
  ['a stream', () => ({ method: 'POST', body: streamOf('one, ', 'two'), duplex: 'half' })],
  ['500 kB', () => ({ method: 'POST', body: 'x'.repeat(500_000) })],
  ['no body, deleting', () => ({ method: 'DELETE' })],
  ['a body, deleting', () => ({ method: 'DELETE', body: 'x' })],
];

/** What signing adds. */
const SIGNING_HEADERS = ['authorization', 'x-amz-date', 'x-amz-security-token'];
const GATEWAY_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding'];

function withoutSignature(headers: Iterable<[string, string]>): Record<string, string> {
  const skipped = [...SIGNING_HEADERS, ...GATEWAY_HEADERS];
  return Object.fromEntries([...headers].filter(([name]) => !skipped.includes(name)));
}

describe('sends what fetch would have sent, and a signature that the gateway finds good', () => {
  test.each(bodies)('%s', async (_, init) => {
    const plain = await startServer(answer(204));
    await fetch(plain.url + '/x', init());
    const [expected] = plain.seen;

    const { url, credentials } = await startGateway();
    const response = await createSignedFetch({ credentials })(url + '/x', init());
    expect(response.status).toBe(200);
    const got = (await response.json()) as Echo;
    expect(got.method).toBe(expected!.method);
    expect(Buffer.from(got.body, 'latin1').equals(expected!.body)).toBe(true);

    const raw = await startServer(answer(204));
    await createSignedFetch({ credentials: ANY_KEYS })(raw.url + '/x', init());
    expect(withoutSignature(raw.seen[0]!.headers)).toEqual(withoutSignature(expected!.headers));
    const length = raw.seen[0]!.headers.get('content-length'); // a stream has one now
    expect(length).toBe(
      expected!.body.length ? String(expected!.body.length) : expected!.headers.get('content-length'),
    );
  });

  test('FormData, with the boundary', async () => {
    const { url, credentials } = await startGateway();
    const response = await createSignedFetch({ credentials })(url + '/x', { method: 'POST', body: form() });
    const { headers, body } = (await response.json()) as Echo;
    const received = await new Response(Buffer.from(body, 'latin1'), { headers: { ...headers } }).formData();
    expect(received.get('name')).toBe('Zoë & co');
    const file = received.get('file') as File;
    expect([file.name, file.type]).toEqual(['a b.bin', 'image/png']);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([0, 255, 13, 10]));
  });

  test('a stream needs no duplex option', async () => {
    const { url, credentials } = await startGateway();
    const response = await createSignedFetch({ credentials })(url + '/x', { method: 'POST', body: streamOf('a', 'b') });
    expect(((await response.json()) as Echo).body).toBe('ab');
  });

  test('the content type is signed where there is one', async () => {
    const server = await startServer(answer(204));
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
    await signedFetch(server.url, { method: 'POST', body: 'x' });
    await signedFetch(server.url, { method: 'POST', body: new Uint8Array(1) });
    const names = server.seen.map(({ headers }) => /SignedHeaders=([^,]+)/.exec(headers.get('authorization')!)![1]);
    expect(names).toEqual(['accept;content-type;host;x-amz-date', 'accept;host;x-amz-date']);
  });

  test('queries and paths, whatever their characters', async () => {
    const { url, credentials } = await startGateway();
    const signedFetch = createSignedFetch({ credentials });
    const target = `${url}/a b/é@:('*)/%2F~?q=1+2&q=a%20b&empty&plus=%2B&u=ü&100%=x&z=!'()*#hash`;
    const response = await signedFetch(target);
    expect(response.status).toBe(200);
    const got = new URL(((await response.json()) as Echo).url);
    expect([...got.searchParams].sort()).toEqual([...new URL(target).searchParams].sort());
    expect(decodeURIComponent(got.pathname)).toBe("/a b/é@:('*)//~");
  });
});

describe('options', () => {
  test('region, service, signBody, signSessionToken and the hash engine reach the signer', async () => {
    const server = await startServer(answer(200));
    const credentials = { ...ANY_KEYS, sessionToken: 'token' };
    const options = { region: 'eu-west-1', service: 's3', signSessionToken: false, hash: nodeHash };
    await createSignedFetch({ credentials, ...options })(server.url + '/a//b', { method: 'PUT', body: 'x' });
    const { headers } = server.seen[0]!;
    expect(headers.get('authorization')).toContain('/eu-west-1/s3/aws4_request');
    expect(headers.get('authorization')).not.toContain('x-amz-security-token');
    expect(headers.get('x-amz-security-token')).toBe('token');
    // printf x | sha256sum
    const hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
    expect(headers.get('x-amz-content-sha256')).toBe(hash);
  });

  test("a payload hash of the caller's own is signed as it is", async () => {
    const server = await startServer(async (request, wire) => {
      const { method, headers } = request;
      const result = await verifyRequest(
        { method, target: wire.rawPath, headers: wire.rawHeaders, body: wire.rawBody },
        { credentials: () => ANY_KEYS, region: 'us-east-1', service: 's3' },
      );
      return Response.json({ ok: result.ok, hash: headers.get('x-amz-content-sha256') });
    });
    const init = { method: 'PUT', body: 'x', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const response = await createSignedFetch({ credentials: ANY_KEYS, service: 's3' })(server.url, init);
    expect(await response.json()).toEqual({ ok: true, hash: 'UNSIGNED-PAYLOAD' });
  });

  test('the global fetch is looked up when it is needed, and called as a function', async () => {
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
    const original = globalThis.fetch;
    // Browsers refuse to call it as any object's method.
    const strict = jest.fn(function (this: unknown) {
      if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation');
      return Promise.resolve(new Response('patched'));
    });
    globalThis.fetch = strict;
    try {
      expect(await (await signedFetch('http://127.0.0.1/')).text()).toBe('patched');
      const given = createSignedFetch({ credentials: ANY_KEYS, fetch: strict });
      expect(await (await given('http://127.0.0.1/')).text()).toBe('patched');
    } finally {
      globalThis.fetch = original;
    }
    expect(strict).toHaveBeenCalledTimes(2);
  });

  test.each<[string, object, string]>([
    ['no credentials', { credentials: undefined }, 'credentials: expected'],
    ['no key', { credentials: { secretAccessKey: 'x' } }, 'credentials.accessKeyId: expected'],
    ['no secret', { credentials: { accessKeyId: 'x' } }, 'credentials.secretAccessKey: expected'],
    [
      'a secret that no header can carry',
      { credentials: { ...ANY_KEYS, secretAccessKey: 'abc\n' } },
      'credentials.secretAccessKey: expected',
    ],
    ['a token likewise', { credentials: { ...ANY_KEYS, sessionToken: 'ü' } }, 'credentials.sessionToken: expected'],
    ['a region', { region: 'eu west 1' }, 'region: expected'],
    [
      'a region, before there are credentials',
      { credentials: () => ANY_KEYS, region: 'eu west 1' },
      'region: expected',
    ],
    ['a service', { service: 5 }, 'service: expected'],
    ["the signer's name of it", { serviceName: 's3' }, 'serviceName: expected a known option, such as service'],
    [
      'an option of another library',
      { accessKey: 'AKID' },
      'accessKey: expected a known option, such as credentials, got a string of 4 characters',
    ],
    ['a misspelt one', { retires: 3 }, 'retires: expected a known option, such as retry'],
    ['a fetch that is none', { fetch: {} }, 'fetch: expected a function, got Object'],
    ['a hash', { hash: {} }, 'hash: expected'],
    ['a clock', { now: 5 }, 'now: expected'],
    ['a timeout below 0', { timeout: -1 }, 'timeout: expected milliseconds above 0, got -1'],
    ['a retry', { retry: true }, 'retry: expected'],
  ])('%s is refused at once', (_, options, message) => {
    const create = (): unknown => createSignedFetch({ credentials: ANY_KEYS, ...options });
    expect(create).toThrow(SigV4Error);
    expect(create).toThrow(message);
  });

  test('what is undefined is not given', async () => {
    const server = await startServer(answer(200));
    const options = { region: undefined, service: undefined, hash: undefined, now: undefined, clock: undefined };
    const more = { fetch: undefined, retry: undefined, timeout: undefined, serviceName: undefined };
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS, ...options, ...more });
    expect((await signedFetch(server.url)).status).toBe(200);
    expect(() => createSignedFetch(undefined as never)).toThrow('options: expected an object, got undefined');
  });

  test('what a call states is refused as well', async () => {
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
    await expect(signedFetch('http://127.0.0.1/', { timeout: 0 })).rejects.toMatchObject({ option: 'timeout' });
    await expect(signedFetch('http://127.0.0.1/', { retry: -1 })).rejects.toMatchObject({ option: 'retry' });
    await expect(signedFetch('data:,x')).rejects.toMatchObject({ code: 'InvalidEndpoint' });
  });
});

test('its type is that of a fetch', async () => {
  const asFetch: typeof fetch = createSignedFetch({ credentials: ANY_KEYS });
  const server = await startServer(answer(200, {}, 'ok'));
  expect(await (await asFetch(server.url)).text()).toBe('ok');
});
