/** What explains is loaded for a refusal of the gateway, and for nothing else; where it cannot be, the error goes on without. */
import { createApig } from '../../src/apig/index';
import type { ApigError } from '../../src/errors';
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, onPage, rejection, startServer } from '../support/signedFetchHarness';

let loaded = 0;
let isThere = true;
jest.mock('../../src/explain/findExplanation', () => {
  loaded++;
  if (!isThere) throw new Error('Failed to fetch dynamically imported module');
  return jest.requireActual<object>('../../src/explain/findExplanation');
});
afterAll(closeAll);
beforeEach(() => {
  jest.resetModules();
  loaded = 0;
  isThere = true;
});

const MISSING = '{"message":"Missing Authentication Token"}';
const json = { 'content-type': 'application/json' };

/** The error that an app gets for an answer. */
async function refused(status: number, body: string, headers: Record<string, string> = {}): Promise<ApigError> {
  const server = await startServer(answer(status, { ...json, ...headers }, body));
  const config = { apiGateway: { REGION: 'us-east-1', URL: server.url } };
  const { invokeApig } = createApig(config, { credentials: ANY_KEYS });
  return (await rejection(invokeApig({ path: '/x', method: 'POST', body: {}, retry: false }))) as ApigError;
}

test.each([
  [403, MISSING, {}],
  [403, '{"message":"No entry."}', { 'x-amzn-errortype': 'AccessDeniedException' }],
])('loaded for the refusal %d %s %j', async (status, body, headers) => {
  expect(await refused(status, body, headers)).toMatchObject({ name: 'ApigError', explanation: { code: /./ } });
  expect(loaded).toBe(1);
});

test('it names the option as the functions here have it', async () => {
  const text = '{"message":"Credential should be scoped to correct service: \'lambda\'. "}';
  const error = await refused(403, text, { 'x-amzn-errortype': 'InvalidSignatureException' });
  expect(error.explanation?.advice).toContain(
    "createSignedFetch({ credentials: apig.credentials, service: 'lambda' })",
  );
});

test.each([
  [400, '{"message":"title: expected text"}'],
  [401, '{"message":"Log in again."}'],
  [403, '{"error":"This note belongs to someone else"}'],
  [404, MISSING],
  [500, MISSING],
])("not for an app's own %d %s", async (status, body) => {
  expect(await refused(status, body)).not.toHaveProperty('explanation');
  expect(loaded).toBe(0);
});

test.each([400, 401, 403])('and a signed fetch loads nothing at all: %d', async (status) => {
  const server = await startServer(answer(status, json, MISSING));
  const response = await createSignedFetch({ credentials: ANY_KEYS })(server.url, { method: 'POST', body: 'x' });
  expect([response.status, await response.text(), loaded]).toEqual([status, MISSING, 0]);
});

test('where it cannot be loaded, the error goes on without', async () => {
  isThere = false;
  const error = await refused(403, MISSING);
  expect(error).toMatchObject({ name: 'ApigError', status: 403, message: MISSING });
  expect(error).not.toHaveProperty('explanation');
  expect(loaded).toBe(1);
});

describe('where no answer comes', () => {
  // What Chrome throws where the answer lacks CORS headers, or where there is none.
  const fetch = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
  const failing = createSignedFetch({ credentials: ANY_KEYS, fetch, retry: false });
  const call = (): Promise<unknown> => rejection(failing('https://api.example.com/notes'));

  test('loaded on a page of another origin, from which a refusal may be hidden', async () => {
    expect(await onPage(call)).toMatchObject({ code: 'NetworkError', explanation: { code: 'CorsHidden' } });
    expect(loaded).toBe(1);
  });

  test('the page may be offline, and it cannot be loaded', async () => {
    isThere = false;
    const error = await onPage(call);
    expect(error).toMatchObject({ name: 'RequestError', code: 'NetworkError' });
    expect(error).not.toHaveProperty('explanation');
  });

  test('not on a page of the same origin, and not in Node', async () => {
    for (const error of [await onPage(call, 'https://api.example.com/'), await call()]) {
      expect(error).toMatchObject({ code: 'NetworkError' });
      expect(error).not.toHaveProperty('explanation');
    }
    expect(loaded).toBe(0);
  });
});
