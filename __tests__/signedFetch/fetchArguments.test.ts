/** What fetch takes is taken, and goes on to the underlying fetch. */
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';

afterAll(closeAll);

describe('takes what fetch takes', () => {
  test('a URL object, a Request, a Request with init', async () => {
    const { url, credentials } = await startGateway();
    const signedFetch = createSignedFetch({ credentials });
    const request = new Request(url + '/r', { method: 'PUT', body: 'text', headers: { 'x-mine': '1' } });
    for (const response of [await signedFetch(new URL(url + '/u')), await signedFetch(request.clone())]) {
      expect(response.status).toBe(200);
    }
    const replaced = (await (await signedFetch(request, { method: 'POST', body: 'other' })).json()) as Echo;
    expect(replaced).toMatchObject({ method: 'POST', body: 'other', headers: { 'x-mine': '1' } });
  });

  test('a Request in place of init', async () => {
    const { url, credentials } = await startGateway();
    const request = new Request(url + '/other', { method: 'PUT', body: 'text', headers: { 'x-mine': '1' } });
    const got = (await (await createSignedFetch({ credentials })(url + '/x', request)).json()) as Echo;
    expect(got).toMatchObject({ method: 'PUT', body: 'text', headers: { 'x-mine': '1' } });
  });

  test('a Request is used up, and a used one refused, as by fetch', async () => {
    const { url, credentials } = await startGateway();
    const signedFetch = createSignedFetch({ credentials });
    const request = new Request(url, { method: 'POST', body: 'x' });
    await signedFetch(request);
    expect(request.bodyUsed).toBe(true);
    await expect(signedFetch(request)).rejects.toThrow('already been used');
    await expect(signedFetch(url, { body: 'GET has none' })).rejects.toMatchObject({ name: 'TypeError' });
  });

  test('its options go on to the underlying fetch, those of a Request too', async () => {
    const calls: (RequestInit & Record<string, unknown>)[] = [];
    const spy: typeof fetch = (_, init) => {
      calls.push({ ...init });
      return Promise.resolve(new Response());
    };
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: spy });
    const options = {
      cache: 'no-store',
      credentials: 'include',
      integrity: 'sha256-x',
      keepalive: true,
      mode: 'same-origin',
      redirect: 'manual',
      referrer: '',
      referrerPolicy: 'no-referrer',
    } as const;
    await signedFetch('http://127.0.0.1/x', { ...options, priority: 'low', timeout: 1000, retry: false });
    const request = new Request('http://127.0.0.1/x', options);
    await signedFetch(request);
    expect(calls[0]).toMatchObject({ ...options, priority: 'low' });
    // As fetch itself takes it: a copy of a Request forgets the referrer in Node 24.
    const { referrer, referrerPolicy, ...rest } = options;
    const isForgotten = new Request(request).referrerPolicy !== referrerPolicy;
    expect(calls[1]).toMatchObject(isForgotten ? rest : { ...rest, referrer, referrerPolicy });
  });

  test('redirects are followed, and not where that is not wanted', async () => {
    const server = await startServer(answer(302, { location: '/there' }), answer(200), answer(302, { location: '/' }));
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
    const followed = await signedFetch(server.url);
    expect([followed.status, followed.redirected, followed.url]).toEqual([200, true, server.url + '/there']);
    expect((await signedFetch(server.url, { redirect: 'manual' })).status).toBe(302);
  });

  test('the Authorization goes to no other origin', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(answer(302, { location: other.url + '/there' }));
    await createSignedFetch({ credentials: ANY_KEYS })(server.url);
    expect(server.seen[0]!.headers.has('authorization')).toBe(true);
    expect(other.seen[0]!.headers.has('authorization')).toBe(false);
  });

  test("the caller's own objects stay as they are", async () => {
    const server = await startServer(answer(200));
    const headers = { 'X-Mine': ' 1 ' };
    const init = Object.freeze({ method: 'post', headers: Object.freeze(headers), body: 'x' });
    await createSignedFetch({ credentials: ANY_KEYS })(server.url, init);
    expect(server.seen[0]).toMatchObject({ method: 'POST' });
  });
});

describe('refuses what fetch would leave out or garble', () => {
  const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: () => Promise.resolve(new Response()) });
  const url = 'http://127.0.0.1/x';

  test.each(['queryParams', 'params', 'query', 'path', 'data', 'json'])('%s among the options', async (name) => {
    const init = { method: 'POST', [name]: { a: 1 } } as RequestInit;
    await expect(signedFetch(url, init)).rejects.toMatchObject({ code: 'InvalidOption', option: name });
    expect((await signedFetch(url, { [name]: undefined })).status).toBe(200);
  });

  test.each([{ a: 1 }, [1], Promise.resolve('x')])('%j as a body', async (body) => {
    const sent = signedFetch(url, { method: 'POST', body: body as unknown as string });
    await expect(sent).rejects.toMatchObject({ code: 'InvalidBody', option: 'body' });
  });

  test("axios's one argument", async () => {
    const config = { method: 'GET', baseURL: url } as unknown as Request;
    await expect(signedFetch(config)).rejects.toMatchObject({ code: 'InvalidOption', option: 'url' });
  });
});
