/** What invokeApig takes for a call: `signal`, `timeout`, `retry`, `responseType`; and a clock that is off. */
import { getEventListeners } from 'node:events';
import { createApig } from '../../src/apig/index';
import type { ApigRequest } from '../../src/apig/index';
import { ApigError, RequestError } from '../../src/errors';
import { createSignedFetch } from '../../src/signedFetch/index';
import {
  answer,
  ANY_KEYS,
  closeAll,
  onPage,
  rejection,
  startGateway,
  startServer,
} from '../support/signedFetchHarness';
import { createGate } from '../support/gate';
import { holdTimers } from '../support/heldTimers';

afterAll(closeAll);

const apiAt = (URL: string, credentials: object = ANY_KEYS) =>
  createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials: credentials as typeof ANY_KEYS });

const QUICK = { baseDelay: 1 };

/** A delay that nothing else uses. */
const TIMEOUT = 600_321;

test('retry, and how many attempts an error took', async () => {
  const server = await startServer(answer(503, {}, '{"message":"busy"}'));
  const { invokeApig } = apiAt(server.url);
  const attempts = async (request: Partial<ApigRequest>): Promise<unknown> => {
    const error = await rejection(invokeApig({ path: '/x', ...request }));
    expect(error).toBeInstanceOf(ApigError);
    return (error as ApigError).attempts;
  };
  expect(await attempts({ retry: QUICK })).toBe(4);
  expect(await attempts({ retry: false })).toBe(1);
  expect(await attempts({ method: 'POST', body: {}, retry: QUICK })).toBe(1);
  expect(server.seen).toHaveLength(6);
});

test('a signal and a timeout end it', async () => {
  const reason = new Error('left the page');
  const timers = holdTimers(TIMEOUT);
  const gate = createGate();
  const mute = await startServer(async () => {
    await gate.pass();
    return new Response('{}');
  });
  const { invokeApig } = apiAt(mute.url);
  expect(await rejection(invokeApig({ path: '/x', signal: AbortSignal.abort(reason) }))).toBe(reason);
  const call = rejection(invokeApig({ path: '/x', timeout: TIMEOUT }));
  await gate.reached;
  timers.fire();
  const late = await call;
  timers.release();
  gate.open();
  expect(late).toBeInstanceOf(RequestError);
  expect(late).toMatchObject({ code: 'Timeout', attempts: 1, method: 'GET', url: mute.url + '/x' });
  await expect(invokeApig({ path: '/x', timeout: 0 })).rejects.toMatchObject({ code: 'InvalidOption' });
});

test('a timeout ends reading the body as well', async () => {
  const timers = holdTimers(TIMEOUT);
  const gate = createGate();
  const start = (controller: ReadableStreamDefaultController): void => {
    controller.enqueue(new TextEncoder().encode('{"half":'));
  };
  const half = await startServer(() => new Response(new ReadableStream({ start, pull: gate.pass })));
  const call = rejection(apiAt(half.url).invokeApig({ path: '/x', timeout: TIMEOUT }));
  await gate.reached;
  timers.fire();
  expect(await call).toMatchObject({ name: 'RequestError', code: 'Timeout', attempts: 1 });
  timers.release();
});

test('a response that breaks off is a typed error that counts the attempts', async () => {
  const pull = (controller: ReadableStreamDefaultController): void => {
    controller.error(new Error('broke'));
  };
  const server = await startServer(answer(503), () => new Response(new ReadableStream({ pull })));
  const error = await rejection(apiAt(server.url).invokeApig({ path: '/x', retry: QUICK }));
  expect(error).toMatchObject({ name: 'RequestError', code: 'NetworkError' });
});

test('what a browser may be hiding is explained', async () => {
  // What Chrome throws where the answer lacks CORS headers.
  const inBrowser: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev';
  const { invokeApig } = createApig(
    { apiGateway: { REGION: 'us-east-1', URL: url } },
    { credentials: ANY_KEYS, fetch: inBrowser },
  );
  const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: inBrowser });
  const calls: (() => Promise<unknown>)[] = [
    () => invokeApig({ path: '/notes', method: 'POST' }),
    () => signedFetch(`${url}/notes`, { method: 'POST' }),
  ];
  for (const call of calls) {
    expect(await rejection(onPage(call))).toMatchObject({
      name: 'RequestError',
      code: 'NetworkError',
      explanation: {
        code: 'CorsHidden',
        difference: expect.stringContaining('https://abc123.execute-api.us-east-1.amazonaws.com') as string,
        advice: expect.stringContaining('DEFAULT_4XX and DEFAULT_5XX') as string,
      },
    });
  }
});

test('a refused connection is not explained with CORS', async () => {
  const server = await startServer(answer(200));
  await server.close();
  const error = await rejection(apiAt(server.url).invokeApig({ path: '/x', retry: false }));
  expect(error).toMatchObject({ code: 'NetworkError', cause: { cause: { code: 'ECONNREFUSED' } } });
  expect(error).not.toHaveProperty('explanation');
});

test('every responseType', async () => {
  const { url, credentials } = await startGateway({ handler: () => new Response('{"a":1}') });
  const { invokeApig } = apiAt(url, credentials);
  expect(await invokeApig({ path: '/x' })).toEqual({ a: 1 });
  expect(await invokeApig({ path: '/x', responseType: 'text' })).toBe('{"a":1}');
  const blob = await invokeApig<Blob>({ path: '/x', responseType: 'blob' });
  expect(await blob.text()).toBe('{"a":1}');
  const buffer = await invokeApig<ArrayBuffer>({ path: '/x', responseType: 'arrayBuffer' });
  expect(Buffer.from(buffer).toString()).toBe('{"a":1}');
  const response = await invokeApig<Response>({ path: '/x', responseType: 'response' });
  expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
});

test('a wrong clock is corrected for all calls after the first', async () => {
  const { url, credentials, gateway } = await startGateway({ handler: () => Response.json({}) });
  const config = { apiGateway: { REGION: 'us-east-1', URL: url } };
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const { invokeApig } = createApig(config, {
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    now: () => new Date(Date.now() + 3_600_000),
  });
  for (let i = 0; i < 3; i++) await invokeApig({ path: '/x', method: 'POST', body: {} });
  expect(gateway.requests.map(({ status }) => status)).toEqual([403, 200, 200, 200]);
});

test("what the app's own provider throws is what the call rejects with", async () => {
  const reason = new Error('not logged in there');
  const config = { apiGateway: { REGION: 'us-east-1', URL: 'http://127.0.0.1:9' } };
  const { invokeApig } = createApig(config, { credentials: () => Promise.reject(reason) });
  expect(await rejection(invokeApig({ path: '/x' }))).toBe(reason);
});

test("the app's signal is let go of", async () => {
  const config = { apiGateway: { REGION: 'us-east-1', URL: 'http://127.0.0.1:9' } };
  const answers = [new Response(null, { status: 503 }), new Response('{}'), new Response('{}')];
  const { invokeApig } = createApig(config, { credentials: ANY_KEYS, fetch: () => Promise.resolve(answers.shift()!) });
  const { signal } = new AbortController();
  await invokeApig({ path: '/x', signal, retry: QUICK });
  await invokeApig({ path: '/x', signal, timeout: 60_000 });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
