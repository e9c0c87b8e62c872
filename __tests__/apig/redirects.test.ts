/** What becomes of redirects in calls of the chain. */
import { createApig } from '../../src/apig/index';
import { answer, ANY_KEYS, closeAll, closedUrl, rejection, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';

afterAll(closeAll);

const credentials = { ...ANY_KEYS, sessionToken: 'the-session-token' };
const everything = ({ headers }: Seen): string => JSON.stringify([...headers]);
const SIGNATURE = /the-session-token|x-amz-|authorization/i;
const call = (url: string, method: string, custom?: typeof fetch): Promise<unknown> =>
  createApig(
    { apiGateway: { REGION: 'us-east-1', URL: url } },
    { credentials, ...(custom && { fetch: custom }) },
  ).invokeApig({
    path: '/here',
    method,
    ...(method !== 'GET' && { body: { a: 1 } }),
    retry: { attempts: 2, baseDelay: 1 },
  });

test.each(['GET', 'POST', 'PUT'])('a %s takes nothing of the signature to another origin', async (method) => {
  for (const status of [302, 307]) {
    const other = await startServer(answer(200, {}, '{"at":"other"}'));
    const server = await startServer(answer(status, { location: other.url.replace('127.0.0.1', 'localhost') }));
    expect(await call(server.url, method)).toEqual({ at: 'other' });
    expect(everything(server.seen[0]!)).toMatch(SIGNATURE);
    expect(everything(other.seen[0]!)).not.toMatch(SIGNATURE);
  }
});

test('within the origin it is signed afresh', async () => {
  const server = await startServer(answer(307, { location: '/there' }), answer(200, {}, '{"at":"there"}'));
  expect(await call(server.url, 'POST')).toEqual({ at: 'there' });
  const [first, second] = server.seen.map(({ headers }) => headers.get('authorization'));
  expect(second).toMatch(/^AWS4-HMAC-SHA256 /);
  expect(second).not.toBe(first);
});

test('a refusal of another origin is an ApigError, without an explanation of a signature that it never got', async () => {
  const refusal = answer(403, { 'x-amzn-errortype': 'MissingAuthenticationTokenException' }, '{"message":"No"}');
  const other = await startServer(refusal);
  const server = await startServer(answer(302, { location: other.url }));
  const error = await rejection(call(server.url, 'GET'));
  expect(error).toMatchObject({ name: 'ApigError', status: 403, body: { message: 'No' } });
  expect(error).not.toHaveProperty('explanation');
});

test("a POST whose connection is refused is sent again through the platform's fetch, not through one that may redirect", async () => {
  const url = await closedUrl();
  expect(await rejection(call(url, 'POST'))).toMatchObject({ code: 'NetworkError', attempts: 2 });
  expect(await rejection(call(url, 'POST', (...args) => fetch(...args)))).toMatchObject({ attempts: 1 });
  expect(await rejection(call(url, 'PUT', (...args) => fetch(...args)))).toMatchObject({ attempts: 2 });
});
