/** Where redirects lead to, and what goes along: the signature and the token never to another origin. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import type { SignedFetchInit } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';

afterAll(closeAll);

const TOKEN = 'the-session-token';
const QUICK = { baseDelay: 1, attempts: 3 };
const keys = { ...ANY_KEYS, sessionToken: TOKEN };
const signedFetch = createSignedFetch({ credentials: keys, retry: QUICK, signBody: true });
const moved = (location: string, status = 302) => answer(status, { location });
const text = ({ body }: Seen): string => Buffer.from(body).toString();
/** All that came, as one text to search. */
const everything = ({ method, path, headers, body }: Seen): string =>
  JSON.stringify([method, path, [...headers], Buffer.from(body).toString('latin1')]);
const SIGNATURE = /the-session-token|x-amz-|authorization|AKIDEXAMPLE|Signature=/i;

/** The same server under another name. */
const byName = (url: string): string => url.replace('127.0.0.1', 'localhost');

describe('to another origin nothing of the signature goes', () => {
  const APP_HEADERS = {
    Cookie: 'session=1',
    'Proxy-Authorization': 'Basic eDp5',
    'X-Api-Key': 'the-key',
    'X-Amz-Meta-Note': 'x-amz',
    'X-Mine': '1',
  };

  test.each([301, 302, 303, 307, 308])('another port, another host: %d', async (status) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const other = await startServer(answer(200));
      for (const target of [other.url, byName(other.url)]) {
        const server = await startServer(moved(`${target}/there?a=1`, status));
        const body = /^(GET|HEAD)$/.test(method) ? {} : { body: 'x' };
        const response = await signedFetch(server.url, { method, headers: APP_HEADERS, ...body });
        expect([response.status, response.redirected]).toEqual([200, true]);
        expect(everything(server.seen[0]!)).toMatch(SIGNATURE);
        expect(everything(other.seen.at(-1)!)).not.toMatch(SIGNATURE);
        expect(everything(other.seen.at(-1)!)).not.toMatch(/cookie|proxy-auth|the-key/);
        expect(other.seen.at(-1)!.headers.get('x-mine')).toBe('1');
        expect(other.seen.at(-1)!.headers.get('host')).toBe(new URL(target).host);
      }
    }
  });

  test('the name of the same machine is another origin', async () => {
    const server = await startServer(
      (request) =>
        new Response(null, { status: 302, headers: { location: byName(new URL(request.url).href) + 'there' } }),
      answer(200),
    );
    await signedFetch(server.url);
    expect(everything(server.seen[1]!)).not.toMatch(SIGNATURE);
  });

  test('and nothing is signed any more where it leads back', async () => {
    const other = await startServer(() => new Response(null, { status: 302, headers: { location: back } }));
    const server = await startServer(moved(other.url), answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' }));
    const back = `${server.url}/admin`;
    const response = await signedFetch(server.url);
    expect([response.status, response.url]).toEqual([403, back]);
    expect(server.seen.map(({ path }) => path)).toEqual(['/', '/admin']);
    expect(everything(server.seen[1]!)).not.toMatch(SIGNATURE);
  });

  test('what it refuses is no word about our clock or credentials', async () => {
    const asked: unknown[] = [];
    const old = { 'x-amzn-errortype': 'RequestExpired', date: new Date(0).toUTCString() };
    const other = await startServer(
      answer(403, { ...old, 'x-amzn-errortype': 'ExpiredTokenException' }),
      answer(403, old),
    );
    const server = await startServer(moved(other.url));
    const send = createSignedFetch({
      credentials: (context) => {
        asked.push(context);
        return keys;
      },
    });
    for (let i = 0; i < 2; i++) expect((await send(server.url)).status).toBe(403);
    expect(asked).toEqual([{ forceRefresh: false }, { forceRefresh: false }]);
    const dates = server.seen.map(({ headers }) => headers.get('x-amz-date')!);
    expect(dates.every((date) => !date.startsWith('1970'))).toBe(true);
  });

  test('sentRequest tells what was sent there', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(moved(`${other.url}/there`));
    const sent = sentRequest(await signedFetch(server.url, { headers: { 'X-Mine': '1' } }))!;
    expect(sent).toEqual({
      attempts: 1,
      signed: { method: 'GET', url: `${other.url}/there`, headers: { 'x-mine': '1' } },
    });
  });
});

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

  test('a Location in UTF-8, as it is on the wire', async () => {
    const server = createServer((request, response) => {
      const location = Buffer.from('/grüße').toString('latin1');
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.end(request.url);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const response = await signedFetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
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

describe('what is refused in words', () => {
  const refused = async (location: string, init?: SignedFetchInit): Promise<unknown> => {
    const server = await startServer(moved(location));
    const error = await rejection(signedFetch(`${server.url}/here?token=hidden`, init));
    expect(server.seen.length).toBeLessThanOrEqual(21);
    return error;
  };

  test.each([
    ['ftp://127.0.0.1/', 'to something other than a URL of http or https'],
    ['data:,x', 'to something other than a URL of http or https'],
    ['http://[', 'to something other than a URL of http or https'],
    ['http://user:pass@127.0.0.1/', 'to a URL with a password in it'],
    ['/here', 'after 20 others'],
  ])('%s', async (location, why) => {
    const error = await refused(location);
    expect(error).toMatchObject({ name: 'RequestError', code: 'InvalidResponse', attempts: 1 });
    expect((error as Error).message).toContain(`GET /here: the API answered with a redirect ${why}`);
    expect((error as Error).message).not.toMatch(/hidden|pass@/);
  });

  test('another origin, where the call says that it may not be', async () => {
    const other = await startServer(answer(200));
    const error = await refused(other.url, { mode: 'same-origin' });
    expect(error).toMatchObject({ code: 'InvalidResponse' });
    expect(other.seen).toEqual([]);
  });

  test('a redirect that a page may not see', async () => {
    const opaque = Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
    const calls: unknown[] = [];
    const send = createSignedFetch({
      credentials: keys,
      fetch: (_, init) => {
        calls.push(init!.redirect);
        return Promise.resolve(opaque);
      },
    });
    const error = (await rejection(send('http://127.0.0.1/here', { method: 'POST' }))) as Error;
    expect(error).toMatchObject({ name: 'RequestError', code: 'InvalidResponse', attempts: 1 });
    expect(error.message).toBe(
      'POST /here: the API answered with a redirect which a page may not see. Call the final URL instead.',
    );
    expect(calls).toEqual(['manual']);
    expect(await send('http://127.0.0.1/here', { redirect: 'manual' })).toBe(opaque); // the app's own wish
  });

  test('an answer of another origin, from a fetch that follows by itself', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(moved(other.url));
    const send = createSignedFetch({
      credentials: keys,
      fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }),
    });
    const error = (await rejection(send(server.url))) as Error;
    expect(error).toMatchObject({ name: 'RequestError', code: 'InvalidResponse' });
    expect(error.message).toContain('this fetch has followed it by itself, with the session token');
    const within = await startServer(moved('/there'), answer(200));
    expect((await send(within.url)).status).toBe(200);
  });
});

describe("the app's own redirect option means what it means to fetch", () => {
  test('manual: the redirect is the answer', async () => {
    const server = await startServer(moved('/there', 307));
    const response = await signedFetch(server.url, { redirect: 'manual', method: 'POST', body: 'x' });
    expect([response.status, response.headers.get('location'), response.redirected]).toEqual([307, '/there', false]);
    expect(server.seen).toHaveLength(1);
  });

  test('error: it is one', async () => {
    const server = await startServer(moved('/there'));
    const error = await rejection(signedFetch(server.url, { redirect: 'error', method: 'POST' }));
    expect(error).toMatchObject({ code: 'NetworkError', attempts: 1 });
    expect(server.seen).toHaveLength(1);
  });

  test('a redirect without a Location, and what is none, are answers', async () => {
    for (const [status, headers] of [
      [302, {}],
      [304, { location: '/x' }],
      [300, { location: '/x' }],
      [201, { location: '/x' }],
    ] as const) {
      const server = await startServer(() => new Response(null, { status, headers }));
      expect((await signedFetch(server.url)).status).toBe(status);
      expect(server.seen).toHaveLength(1);
    }
  });
});

test('each step is ended by the signal', async () => {
  const controller = new AbortController();
  const server = await startServer(moved('/there'), () => {
    controller.abort(new Error('enough'));
    return new Promise(() => undefined);
  });
  const reason = await rejection(signedFetch(server.url, { signal: controller.signal }));
  expect((reason as Error).message).toBe('enough');
  expect(server.seen).toHaveLength(2);
});
