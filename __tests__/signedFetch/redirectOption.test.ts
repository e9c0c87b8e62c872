/** Redirects that are not followed: those refused in words, and those that the app wants to see itself. */
import { createSignedFetch } from '../../src/signedFetch/index';
import type { SignedFetchInit } from '../../src/signedFetch/index';
import { answer, closeAll, rejection, startServer } from '../support/signedFetchHarness';
import { keys, moved, signedFetch } from '../support/redirects';

afterAll(closeAll);

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
    ['http://user:pass@127.0.0.1/', 'to a URL with a password in it, where fetch does not go'],
    ['http://user@127.0.0.1/', 'to a URL with a password in it, where fetch does not go'],
    ['http://:pass@127.0.0.1/', 'to a URL with a password in it, where fetch does not go'],
    ['xhttp://127.0.0.1/', 'to something other than a URL of http or https'],
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
    expect(error).toMatchObject({
      code: 'InvalidResponse',
      message:
        "GET /here: the API answered with a redirect to another origin, against mode: 'same-origin'. Call the final URL instead.",
    });
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
