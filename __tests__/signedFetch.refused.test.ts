/** What understands refusals is loaded with the first one; where that fails, the answer stands as it is. */
import { createSignedFetch, originOf } from '../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, startServer } from './signedFetchHarness';

let loaded = 0;
jest.mock('../src/signedFetch/refused', () => {
  loaded++;
  throw new Error('Failed to fetch dynamically imported module');
});
afterAll(closeAll);
beforeEach(() => {
  loaded = 0;
});

const json = { 'content-type': 'application/json' };
const signedFetch = createSignedFetch({ credentials: () => ANY_KEYS, retry: { baseDelay: 1 } });

test.each([
  ['a refused date', 403, { ...json, 'x-amzn-errortype': 'RequestExpired' }, '{"message":"late"}'],
  ['refused credentials', 403, { ...json, 'x-amzn-errortype': 'ExpiredTokenException' }, '{"message":"old"}'],
  ['throttling', 400, json, '{"__type":"ThrottlingException"}'],
])('%s is the answer', async (_, status, headers, body) => {
  const server = await startServer(answer(status, headers, body));
  const response = await signedFetch(server.url, { method: 'POST', body: 'x' });
  expect([response.status, await response.text(), originOf(response)!.attempts]).toEqual([status, body, 1]);
  expect(loaded).toBeGreaterThan(0);
});

test('what the status alone tells is retried all the same', async () => {
  const server = await startServer(answer(503, { 'retry-after': '60' }), answer(200));
  expect((await signedFetch(server.url)).status).toBe(200);
  expect(server.seen).toHaveLength(2);
});

test.each([200, 404, 409])('it is not loaded for %d', async (status) => {
  const server = await startServer(answer(status));
  expect((await signedFetch(server.url, { method: 'POST', body: 'x' })).status).toBe(status);
  expect(loaded).toBe(0);
});

test('nor where no answer comes', async () => {
  const fetch = (): Promise<never> => Promise.reject(new TypeError('fetch failed'));
  const failing = createSignedFetch({ credentials: ANY_KEYS, fetch, retry: { attempts: 2, baseDelay: 1 } });
  await expect(failing('http://127.0.0.1/')).rejects.toMatchObject({ code: 'NetworkError', attempts: 2 });
  expect(loaded).toBe(0);
});
