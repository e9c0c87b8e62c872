/** Where redirects within the origin lead: each step is signed afresh. */
import { createServer } from 'node:http';
import { createSignedFetch } from '../../src/signedFetch/index';
import type { SignedFetchInit } from '../../src/signedFetch/index';
import { answer, closeAll, startGateway, startServer } from '../support/signedFetchHarness';
import { everything, keys, moved, SIGNATURE, signedFetch, text } from '../support/redirects';
import { listenLocally } from '../support/localServer';

afterAll(closeAll);

describe('within the origin what a redirect leads to is signed afresh', () => {
  test.each<[number, string, string]>([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'DELETE', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [303, 'GET', 'GET'],
    [301, 'PUT', 'PUT'],
    [302, 'PATCH', 'PATCH'],
    [302, 'DELETE', 'DELETE'],
    [302, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [307, 'PUT', 'PUT'],
    [308, 'PATCH', 'PATCH'],
    [307, 'GET', 'GET'],
  ])('%d: a %s becomes a %s, and the gateway finds it good', async (status, method, then) => {
    const seen: { method: string; url: string; type: string | null; body: string }[] = [];
    const { url, credentials, gateway } = await startGateway({
      handler: async (request) => {
        seen.push({
          method: request.method,
          url: request.url,
          type: request.headers.get('content-type'),
          body: await request.text(),
        });
        return seen.length === 1
          ? new Response(null, { status, headers: { location: "there/it's (1)?a=%C3%A9&b=1&b=2#part" } })
          : new Response(null, { status: 200 });
      },
    });
    const send = createSignedFetch({ credentials, retry: false, signBody: true });
    const hasBody = !/^(GET|HEAD)$/.test(method);
    const init = {
      method,
      ...(hasBody && { body: 'grüße', headers: { 'content-type': 'text/x-mine', 'content-language': 'de' } }),
    };
    const response = await send(`${url}/a/here`, init);
    expect(gateway.requests.map((one) => one.refusal ?? one.status)).toEqual([status, 200]);
    expect(seen[1]).toMatchObject({
      method: then,
      url: expect.stringContaining("/a/there/it's%20(1)?a=%C3%A9&b=1&b=2") as string,
    });
    const isKept = hasBody && then === method;
    expect(seen[1]).toMatchObject({ body: isKept ? 'grüße' : '', type: isKept ? 'text/x-mine' : null });
    expect(response).toMatchObject({ redirected: true, url: expect.stringMatching(/\/a\/there/) as string });
    expect(response.clone()).toMatchObject({ redirected: true });
  });

  test.each([307, 308])('%d with bytes, a large body, a stream, several times', async (status) => {
    const large = 'x'.repeat(300_000);
    const bodies: [string, () => SignedFetchInit['body']][] = [
      ['bytes', () => new TextEncoder().encode('bytes')],
      [large, () => large],
      ['stream', () => new Blob(['stream']).stream()],
    ];
    for (const [expected, body] of bodies) {
      const server = await startServer(moved('/1', status), moved('/2', status), answer(200));
      expect((await signedFetch(server.url, { method: 'POST', body: body()! })).status).toBe(200);
      expect(server.seen.map(text)).toEqual([expected, expected, expected]);
      const dates = server.seen.map(({ headers }) => headers.get('authorization'));
      expect(new Set(dates).size).toBe(3); // each path has a signature of its own
    }
  });

  test('a hash that the app has stated goes with its body', async () => {
    const server = await startServer(moved('/there', 303), answer(200));
    const hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'; // of x
    await signedFetch(server.url, { method: 'POST', body: 'x', headers: { 'x-amz-content-sha256': hash } });
    const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(server.seen.map(({ headers }) => headers.get('x-amz-content-sha256'))).toEqual([hash, EMPTY]);
  });

  test('an API key and a cookie go along, and the response is still one to replace methods of', async () => {
    const server = await startServer(moved('/there'), answer(200));
    const headers = { 'X-Api-Key': 'the-key', Cookie: 'session=1', 'X-Amz-Meta-Note': 'mine' };
    const response = await signedFetch(server.url, { headers });
    const kept = ['x-api-key', 'cookie', 'x-amz-meta-note'].map((name) => server.seen[1]!.headers.get(name));
    expect(kept).toEqual(['the-key', 'session=1', 'mine']);
    const copy = new Response('copy');
    response.clone = () => copy; // as with fetch's own, which those do that record what pages call
    expect(response.clone()).toBe(copy);
  });

  test('a Location in UTF-8, as it is on the wire', async () => {
    const server = createServer((request, response) => {
      const location = Buffer.from('/grüße').toString('latin1');
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.end(request.url);
    });
    const { url } = await listenLocally(server);
    try {
      const response = await signedFetch(`${url}/`);
      expect(await response.text()).toBe('/gr%C3%BC%C3%9Fe');
    } finally {
      server.close();
    }
  });

  test('a path that looks like another host stays at the origin', async () => {
    const other = await startServer(answer(200));
    const { host } = new URL(other.url);
    const server = await startServer(
      (request) =>
        new Response(null, { status: 302, headers: { location: `${new URL(request.url).origin}//${host}/x` } }),
      answer(200),
    );
    await signedFetch(server.url);
    expect([server.seen.length, other.seen.length]).toEqual([2, 0]);
    const scheme = await startServer(moved(`//${host}/x`));
    await signedFetch(scheme.url);
    expect(everything(other.seen[0]!)).not.toMatch(SIGNATURE);
  });

  test('a refusal there is recovered from, where doing it all twice does no harm', async () => {
    let count = 0;
    const credentials = () => ({ ...keys, accessKeyId: `AKID${++count}` });
    const refused = answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' });
    const server = await startServer(moved('/there'), refused, moved('/there'), answer(200));
    expect((await createSignedFetch({ credentials })(server.url)).status).toBe(200);
    expect(server.seen.map(({ path }) => path)).toEqual(['/', '/there', '/', '/there']);
  });
});

test.each(['POST', 'PATCH', 'GET'])('a redirect to nowhere is the answer, and the %s is sent once', async (method) => {
  for (const status of [301, 302, 303, 307, 308]) {
    const server = await startServer(moved('', status));
    const response = await signedFetch(server.url, { method, ...(method !== 'GET' && { body: 'x' }) });
    expect([response.status, response.redirected, server.seen.length]).toEqual([status, false, 1]);
  }
});

test.each<[string, typeof fetch | undefined]>([
  ['', undefined],
  [', by a fetch that follows by itself', (input, init) => fetch(input, { ...init, redirect: 'follow' })],
])('a POST that was led on%s is not sent again: the first server may have acted', async (_, own) => {
  const throttled = answer(429, { 'x-amzn-errortype': 'TooManyRequestsException' });
  const retry = { attempts: 3, baseDelay: 1 };
  const send = createSignedFetch({ credentials: keys, retry, ...(own && { fetch: own }) });
  const server = await startServer(answer(307, { location: '/b' }), throttled);
  expect((await send(`${server.url}/a`, { method: 'POST' })).status).toBe(429);
  expect(server.seen.map(({ path }) => path)).toEqual(['/a', '/b']);
  const direct = await startServer(throttled); // where it was not, the gateway's own word counts
  await send(`${direct.url}/a`, { method: 'POST' });
  expect(direct.seen).toHaveLength(3);
});
