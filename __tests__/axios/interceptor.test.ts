/** The interceptor of signAxios: what is sent again is signed again, and what it does to the instance. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import axios from 'axios';
import type { AxiosError, AxiosInstance, InternalAxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { CredentialStore } from '../../src/local/credentials';
import { answer, ANY_KEYS, closeAll, issue, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';
import { start } from '../support/signedAxios';
import { HOUR } from '../support/clocks';

afterAll(closeAll);

describe('sent again', () => {
  /** As axios-retry does it. */
  function retryOnce(api: AxiosInstance, sent: InternalAxiosRequestConfig[]): void {
    api.interceptors.response.use(undefined, async (error: AxiosError) => {
      const { config } = error;
      sent.push(config!);
      if (sent.length > 1) throw error;
      config!.transformRequest = [(data: unknown) => data];
      return api(config!);
    });
  }

  test('the same config is signed afresh, once', async () => {
    let second = Date.UTC(2026, 0, 1);
    const server = await startServer(answer(503), answer(200));
    const api = axios.create({ baseURL: server.url + '/dev' });
    signAxios(api, { credentials: ANY_KEYS, now: () => (second += 1000) });
    retryOnce(api, []);
    await api.put('/x', { a: 'ü' }, { params: { q: 'a b' } });
    const [first, next] = server.seen;
    expect([next!.method, next!.path]).toEqual([first!.method, first!.path]);
    expect(Buffer.from(next!.body).toString()).toBe('{"a":"ü"}');
    expect(next!.headers.get('x-amz-date')).not.toBe(first!.headers.get('x-amz-date'));
    expect(next!.headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=[^,]+, SignedHeaders=[^,]+, Signature=\w{64}$/,
    );
  });

  test('and the gateway finds it good', async () => {
    let calls = 0;
    const handler = (): Response => (++calls === 1 ? new Response(null, { status: 503 }) : Response.json({ calls }));
    const { url, credentials, gateway } = await startGateway({ handler });
    const api = axios.create({ baseURL: url });
    signAxios(api, { credentials });
    const sent: InternalAxiosRequestConfig[] = [];
    retryOnce(api, sent);
    expect((await api.post('/x', { a: 1 }, { params: { q: 'a b' } })).data).toEqual({ calls: 2 });
    expect(gateway.requests.map(({ status }) => status)).toEqual([503, 200]);
    expect(sent[0]!.adapter).toEqual(axios.defaults.adapter); // not ours any more
  });

  test('a wrong clock is corrected', async () => {
    const { url, credentials, gateway } = await startGateway();
    const lasting = { ...credentials, expiration: undefined };
    const api = axios.create({ baseURL: url });
    signAxios(api, { credentials: lasting, now: () => Date.now() - HOUR });
    for (let i = 0; i < 2; i++) expect((await api.post('/x', { i })).status).toBe(200);
    expect(gateway.requests.map(({ status }) => status)).toEqual([403, 200, 200]);
  });

  test('a wrong clock is corrected for several at once', async () => {
    const { url, credentials } = await startGateway();
    const api = axios.create({ baseURL: url, validateStatus: () => true });
    signAxios(api, { credentials, now: () => Date.now() - HOUR });
    const all = await Promise.all(Array.from({ length: 4 }, () => api.head('/x')));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test.each(['json', 'arraybuffer'] as const)('refused credentials are renewed, once (%s)', async (responseType) => {
    const { url, store, gateway } = await startGateway();
    let kept = issue(new CredentialStore());
    const api = axios.create({ baseURL: url, responseType, validateStatus: () => true });
    signAxios(api, { credentials: ({ forceRefresh }) => (forceRefresh ? (kept = issue(store)) : kept) });
    expect((await api.post('/x', 'x')).status).toBe(200);
    expect((await api.get('/x')).status).toBe(200);
    expect(gateway.requests.map(({ status }) => status)).toEqual([403, 200, 200]);
  });
});

describe('the interceptor', () => {
  test('goes when it is removed', async () => {
    const { api, gateway, stop } = await start();
    await api.get('/x');
    stop();
    const error = await rejection(api.get('/x'));
    expect(error).toMatchObject({ response: { data: { message: 'Missing Authentication Token' } } });
    expect(gateway.requests.map(({ status }) => status)).toEqual([200, 403]);
    stop(); // does no harm
  });

  test('a request that it has signed is not signed any more either, sent again after that', async () => {
    const { api, stop } = await start();
    const { config } = await api.get('/x');
    stop();
    expect(await rejection(api(config))).toMatchObject({ response: { status: 403 } });
  });

  test('works on axios itself, and on no instance made from it', async () => {
    const { url, credentials } = await startGateway();
    const stop = signAxios(axios, { credentials });
    try {
      expect((await axios.get(url)).status).toBe(200);
      expect(await rejection(axios.create().get(url))).toMatchObject({ response: { status: 403 } });
    } finally {
      stop();
    }
  });

  test("leaves defaults and the caller's config as they are", async () => {
    const { api } = await start({ headers: { 'x-default': '1' }, params: { d: 1 } });
    const before = JSON.stringify(api.defaults);
    const config = Object.freeze({
      url: '/x',
      method: 'post',
      data: Object.freeze({ a: 1 }),
      headers: { 'X-Mine': '2' },
    });
    const { data } = await api.request<Echo>({ ...config });
    expect(data.headers).toMatchObject({ 'x-default': '1', 'x-mine': '2' });
    expect(new URL(data.url).search).toBe('?d=1');
    expect(JSON.stringify(api.defaults)).toBe(before);
  });

  test("an adapter of the caller's own gets what was signed", async () => {
    const { url, credentials } = await startGateway();
    const api = axios.create({
      baseURL: url,
      adapter: async (config) => {
        const { method, headers } = config;
        const init = { method: method!.toUpperCase(), headers: headers.toJSON(true), body: config.data as ArrayBuffer };
        const response = await fetch(config.url!, init);
        const { status, statusText } = response;
        return { status, statusText, headers: {}, data: await response.text(), config };
      },
    });
    signAxios(api, { credentials });
    expect((await api.patch<Echo>('/x', { a: 1 })).data).toMatchObject({ method: 'PATCH', body: '{"a":1}' });
  });

  test('the token and the signature go to no other host with a redirect', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(answer(302, { location: other.url.replace('127.0.0.1', 'localhost') }));
    const api = axios.create({
      lookup: (_, __, done) => {
        done(null, '127.0.0.1', 4);
      },
    });
    signAxios(api, { credentials: { ...ANY_KEYS, sessionToken: 'token' } });
    await api.get(server.url);
    expect(server.seen[0]!.headers.get('x-amz-security-token')).toBe('token');
    expect(other.seen[0]!.headers.has('authorization')).toBe(false);
    expect(other.seen[0]!.headers.has('x-amz-security-token')).toBe(false);
  });

  test('a stream is left to the caller, a refusal as well', async () => {
    const { url } = await startGateway();
    const api = axios.create({ baseURL: url, responseType: 'stream', validateStatus: () => true });
    signAxios(api, { credentials: () => ({ ...ANY_KEYS }) });
    const { status, data } = await api.get<Readable>('/x');
    const chunks: Buffer[] = [];
    data.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(data, 'end');
    expect([status, JSON.parse(Buffer.concat(chunks).toString())]).toEqual([
      403,
      { message: 'The security token included in the request is invalid.' },
    ]);
  });

  test('what cannot be signed is named', async () => {
    const { api } = await start();
    const unusable = { data: new Map(), transformRequest: [], method: 'post', url: '/x' };
    expect(await rejection(api.request(unusable))).toMatchObject({ code: 'InvalidBody', option: 'data' });
    const bare = axios.create();
    signAxios(bare, { credentials: ANY_KEYS });
    expect(await rejection(bare.get('/relative'))).toMatchObject({ code: 'InvalidEndpoint', option: 'url' });
    expect(() => signAxios(axios.create(), { credentials: {} as never })).toThrow('credentials.accessKeyId: expected');
    for (const [option, value] of Object.entries({ region: 'eu west 1', hash: {}, now: 5, clock: 5, retry: 2 })) {
      const create = () => signAxios(axios.create(), { credentials: () => ANY_KEYS, [option]: value as never });
      expect(create).toThrow(expect.objectContaining({ code: 'InvalidOption', option }) as Error);
    }
    for (const instance of [undefined, {}, 'axios', { create: () => axios }]) {
      expect(() => signAxios(instance as never, { credentials: ANY_KEYS })).toThrow(/^instance: expected axios, or/);
    }
    const named = (): unknown => signAxios(axios.create(), { credentials: ANY_KEYS, serviceName: 's3' } as never);
    expect(named).toThrow('serviceName: expected a known option, such as service, got "s3"');
    const reason = new Error('not logged in');
    signAxios(bare, { credentials: () => Promise.reject(reason) });
    expect(await rejection(bare.get('http://127.0.0.1/'))).toBe(reason);
  });
});
