/** What signAxios refuses, what its logs show, and what it does not send twice. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';
import axios from 'axios';
import type { AxiosError, AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { explain } from '../../src/explain/index';
import { sentRequest } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, issue, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import { temporaryFolder } from '../support/temporaryFolder';

afterAll(closeAll);

const TOKEN = 'the-token+of/the=session';
const SECRETS = /Signature=|the-token/;

/** An instance whose keys no server checks. */
function signed(config: AxiosRequestConfig, refresh = false) {
  const api = axios.create(config);
  let count = 0;
  signAxios(api, {
    credentials: () => ({ ...ANY_KEYS, sessionToken: TOKEN, accessKeyId: `AKID${refresh ? ++count : 0}` }),
  });
  return api;
}

describe.each(['http', 'fetch'])('with the adapter %s', (adapter) => {
  test('a log of a stream shows neither signature nor token, however deep it goes', async () => {
    const server = await startServer(answer(500), answer(200));
    const api = signed({ adapter, baseURL: server.url, responseType: 'stream' });
    const error = (await rejection(api.get('/x'))) as AxiosError;
    const response = await api.get<Readable>('/x');
    for (const logged of [error, error.response, response, response.data]) {
      expect(inspect(logged, { depth: Infinity })).not.toMatch(SECRETS);
    }
    if (adapter === 'fetch') return;
    expect(response.data).toHaveProperty('socket'); // still there for those who ask
    response.data.resume();
    await once(response.data, 'end');
  });

  test.each(['json', 'text'] as const)('the token that a refusal repeats is hidden (%s)', async (responseType) => {
    const text = JSON.stringify({ message: `The Canonical String … \nx-amz-security-token:${TOKEN}\n`, token: TOKEN });
    const server = await startServer(answer(403, { 'content-type': 'application/json' }, text));
    const api = signed({ adapter, baseURL: server.url, responseType });
    const error = (await rejection(api.get('/x'))) as AxiosError<{ message: string; token: string } | string>;
    const { data } = error.response!;
    expect(typeof data === 'string' ? (JSON.parse(data) as unknown) : data).toEqual({
      message: 'The Canonical String … \nx-amz-security-token:[hidden]\n',
      token: '[hidden]',
    });
    expect(inspect(error, { depth: Infinity }) + JSON.stringify(error)).not.toMatch(SECRETS);
  });

  test("an API's own answer stays as it is", async () => {
    const server = await startServer(answer(200, {}, JSON.stringify({ token: TOKEN })));
    expect((await signed({ adapter, baseURL: server.url }).get<unknown>('/x')).data).toEqual({ token: TOKEN });
  });

  test.each<[string, string]>([
    ['X-Price', '5 €'],
    ['a b', 'no name'],
  ])('the header %s: %j is named', async (name, value) => {
    const api = signed({ adapter });
    api.interceptors.request.use((config) =>
      Object.assign(config, { headers: Object.assign(config.headers, { [name]: value }) }),
    );
    const error = await rejection(api.get('http://127.0.0.1:9/', { headers: { 'X-Fine': 'é' } }));
    expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidHeader', option: `headers['${name}']` });
    expect(inspect(error)).not.toContain(value);
  });
});

test.each(['POST', 'PATCH'])(
  'a %s is not repeated after a redirect, which shows that the server acted',
  async (method) => {
    const refused = answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' });
    const server = await startServer(answer(303, { location: '/orders/1' }), refused);
    const api = signed({ baseURL: server.url, validateStatus: () => true }, true);
    expect((await api.request({ url: '/orders', method, data: 'x' })).status).toBe(403);
    expect(server.seen.map((request) => request.method)).toEqual([method, 'GET']);
  },
);

test('through a socket of the system, which has no URL, it is', async () => {
  const socketPath = join(temporaryFolder(), 'socket');
  let count = 0;
  const server = createServer((_, response) => {
    const isFirst = ++count === 1;
    const body = '{"message":"The security token included in the request is expired"}';
    response.writeHead(isFirst ? 403 : 200, { 'x-amzn-errortype': 'ExpiredTokenException' }).end(isFirst ? body : '{}');
  });
  try {
    await once(server.listen(socketPath), 'listening');
    expect((await signed({ baseURL: 'http://localhost', socketPath }, true).post('/x', 'x')).status).toBe(200);
  } finally {
    server.close();
  }
});

test('without a redirect it is, and a GET with one as well', async () => {
  const body = '{"message":"The security token included in the request is expired"}';
  const refused = answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' }, body);
  const server = await startServer(refused, answer(200));
  const url = "/orders/it's (1)?q=a b&p=%C3%A9";
  expect((await signed({ baseURL: server.url }, true).post(url, 'x')).status).toBe(200);
  const moved = await startServer(answer(302, { location: '/orders/1' }), refused, answer(200));
  expect((await signed({ baseURL: moved.url }, true).get('/orders')).status).toBe(200);
});

test.each(['http', 'fetch'])('explain takes a refusal and what was signed, by the adapter %s', async (adapter) => {
  const { url, store } = await startGateway();
  const api = axios.create({ adapter });
  signAxios(api, { credentials: { ...issue(store), secretAccessKey: 'x'.repeat(40) } });
  const { response } = (await rejection(api.post(`${url}/a?b=c`, { d: 1 }))) as AxiosError;
  const { status, headers, data } = response!;
  const sent = sentRequest(response!);
  expect(sent?.attempts).toBe(1);
  expect(explain({ status, headers, body: data }, sent?.signed)?.code).toBe('WrongSecretKey');
});

test("the gateway's own refusal of a signature, which repeats the token", async () => {
  const { url, credentials, store } = await startGateway();
  const api = axios.create();
  signAxios(api, { credentials: { ...issue(store), secretAccessKey: 'x'.repeat(40) } });
  const error = (await rejection(api.get(url))) as AxiosError<{ message: string }>;
  expect(error.response!.data.message).toContain('x-amz-security-token:[hidden]');
  expect(credentials.sessionToken).not.toBe('');
});
