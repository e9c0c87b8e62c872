/** What comes back through a signing instance, and what of the signature nobody gets to see. */
import { inspect } from 'node:util';
import axios, { AxiosError } from 'axios';
import { signAxios } from '../../src/axios/index';
import { answer, ANY_KEYS, closeAll, rejection, startGateway, startServer, until } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';
import { start } from '../support/signedAxios';

afterAll(closeAll);

describe.each(['http', 'fetch'])('with the adapter %s', (adapter) => {
  test('responses are read as asked', async () => {
    const { api } = await start({ adapter });
    expect((await api.get<Echo>('/x')).data.method).toBe('GET');
    expect((await api.get<string>('/x', { responseType: 'text' })).data).toContain('"method":"GET"');
    const { data } = await api.get<ArrayBuffer>('/x', { responseType: 'arraybuffer' });
    expect(Buffer.from(data).toString()).toContain('"method":"GET"');
    const parsed = await api.get('/x', { transformResponse: [(text: string) => text.length] });
    expect(typeof parsed.data).toBe('number');
  });

  test('a refusal is an AxiosError, with the config as the caller gave it, unsigned', async () => {
    const { url } = await startGateway();
    const api = axios.create({ adapter, baseURL: url });
    signAxios(api, { credentials: ANY_KEYS });
    const error = (await rejection(api.put('/x', { a: 1 }, { params: { b: 2 } }))) as AxiosError<{ message: string }>;
    expect(error).toBeInstanceOf(AxiosError);
    expect(error.response!.status).toBe(403);
    expect(error.response!.data.message).toBe('The security token included in the request is invalid.');
    expect(error.config).toMatchObject({ url: '/x', baseURL: url, params: { b: 2 }, data: '{"a":1}', adapter });
    expect(error.config!.headers.has('authorization')).toBe(false);
    expect(error.response!.config).toBe(error.config);
  });

  test.each([
    ['json', 6],
    ['stream', 2], // as console.log does it; deeper in a stream is its socket, with all that goes through it
  ] as const)('logs show neither signature nor token (%s)', async (responseType, depth) => {
    const server = await startServer(answer(500), answer(200));
    const api = axios.create({ adapter, baseURL: server.url, responseType });
    signAxios(api, { credentials: { ...ANY_KEYS, sessionToken: 'the-token' } });
    const error = (await rejection(api.get('/x'))) as AxiosError;
    const response = await api.get('/x');
    expect([error.response!.status, response.status]).toEqual([500, 200]);
    expect(error.request).toBeDefined(); // still there for those who ask
    expect(response.request).toBeDefined();
    const shown = [error, response, error.response].map((logged) => inspect(logged, { depth }));
    shown.push(JSON.stringify(error));
    for (const text of shown) expect(text).not.toMatch(/Signature=|the-token/);
  });

  test('nor where no answer comes', async () => {
    const mute = await startServer(() => new Promise(() => undefined));
    const api = axios.create({ adapter, timeout: 50 });
    signAxios(api, { credentials: { ...ANY_KEYS, sessionToken: 'the-token' } });
    const error = await rejection(api.get(mute.url));
    expect(inspect(error, { depth: 6 }) + JSON.stringify(error)).not.toMatch(/Signature=|the-token/);
  });

  test("aborting and timeouts are axios's", async () => {
    const mute = await startServer(() => new Promise(() => undefined));
    const api = axios.create({ adapter });
    signAxios(api, { credentials: ANY_KEYS });
    const controller = new AbortController();
    const canceled = rejection(api.get(mute.url, { signal: controller.signal }));
    await until(() => mute.seen.length === 1);
    controller.abort();
    expect(axios.isCancel(await canceled)).toBe(true);
    expect(await rejection(api.get(mute.url, { timeout: 50 }))).toMatchObject({ name: 'AxiosError' });
  });
});
