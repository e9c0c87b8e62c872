/** Where redirects to another origin lead, and what goes along: never the signature and the token. */
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import { answer, closeAll, startServer } from '../support/signedFetchHarness';
import { everything, keys, moved, SIGNATURE, signedFetch } from '../support/redirects';

afterAll(closeAll);

/** The same server under another name. */
const byName = (url: string): string => url.replace('127.0.0.1', 'localhost');

describe('to another origin nothing of the signature goes', () => {
  const APP_HEADERS = {
    Cookie: 'session=1',
    'Proxy-Authorization': 'Basic eDp5',
    'X-Api-Key': 'the-key',
    'X-Amz-Meta-Note': 'x-amz',
    'X-Mine': '1',
    Hostname: 'a',
    'X-Host': 'b',
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
        const kept = ['x-mine', 'hostname', 'x-host'].map((name) => other.seen.at(-1)!.headers.get(name));
        expect(kept).toEqual(['1', 'a', 'b']);
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

  test('nor where it leads on within the other', async () => {
    const other = await startServer(answer(307, { location: '/further' }), answer(200));
    const server = await startServer(moved(other.url));
    await signedFetch(server.url);
    expect(other.seen.map(({ path }) => path)).toEqual(['/', '/further']);
    for (const seen of other.seen) expect(everything(seen)).not.toMatch(SIGNATURE);
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
