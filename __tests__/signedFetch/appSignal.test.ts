/** The app's signal, which may be there for as long as the app runs: followed while it is needed, and let go of. */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext, runInThisContext } from 'node:vm';
import { createApig } from '../../src/apig/index';
import type { ApigRequest } from '../../src/apig/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startServer, turns, until } from '../support/signedFetchHarness';

afterAll(closeAll);

const LONG = 600_000;
const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
const apiAt = (URL: string) => createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials: ANY_KEYS });
const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** What buffers take up, in bytes, once all garbage is collected: it takes some rounds until that of connections is. */
async function bufferBytes(enough: number): Promise<number> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let i = 0; i < 20; i++) {
    await turns(10);
    gc();
    if (process.memoryUsage().arrayBuffers < enough) break;
  }
  return process.memoryUsage().arrayBuffers;
}

describe("the app's signal", () => {
  test.each<[string, Partial<ApigRequest>]>([
    ['without a timeout', {}],
    ['with one', { timeout: LONG }],
  ])('many calls at once, %s: no warning', async (_, options) => {
    const server = await startServer(answer(200));
    const { invokeApig } = apiAt(server.url);
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    const { process: real } = runInThisContext('globalThis') as typeof globalThis; // jest's own hears of none
    real.on('warning', note);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 15 }, () => invokeApig({ path: '/x', signal, ...options })));
    await turns(); // warnings come late
    real.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('aborted, it ends all calls that share it', async () => {
    const server = await startServer(() => new Promise(() => undefined));
    const { invokeApig } = apiAt(server.url);
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('left the page');
    const calls = Array.from({ length: 5 }, (__, i) =>
      rejection(invokeApig({ path: '/x', signal, ...(i % 2 && { timeout: LONG }) })),
    );
    await until(() => server.seen.length === 5);
    controller.abort(reason);
    expect(await Promise.all(calls)).toEqual(Array(5).fill(reason));
    expect(listenersOf(signal)).toBeLessThanOrEqual(5); // fetch's own
  });

  const endings: [string, (url: string, signal: AbortSignal) => Promise<unknown>][] = [
    ['invokeApig', (url, signal) => apiAt(url).invokeApig({ path: '/x', signal, timeout: LONG })],
    [
      'responseType response, read',
      async (url, signal) => {
        const request = { path: '/x', signal, timeout: LONG, responseType: 'response' } as const;
        return (await apiAt(url).invokeApig<Response>(request)).text();
      },
    ],
    [
      'a HEAD',
      (url, signal) =>
        apiAt(url).invokeApig({ path: '/x', method: 'HEAD', signal, timeout: LONG, responseType: 'response' }),
    ],
    ['createSignedFetch, read', async (url, signal) => (await signedFetch(url, { signal, timeout: LONG })).text()],
    ['createSignedFetch, a HEAD', (url, signal) => signedFetch(url, { method: 'HEAD', signal, timeout: LONG })],
  ];
  test.each(endings)('is let go of: %s', async (_, call) => {
    const server = await startServer(answer(200));
    const { signal } = new AbortController();
    for (let i = 0; i < 12; i++) await call(server.url, signal);
    expect(listenersOf(signal)).toBe(0);
  });

  test('is let go of where there is no body', async () => {
    const server = await startServer(answer(204));
    const { signal } = new AbortController();
    const request = { path: '/x', signal, timeout: LONG, responseType: 'response' } as const;
    await apiAt(server.url).invokeApig(request);
    await signedFetch(server.url, { signal, timeout: LONG });
    expect(listenersOf(signal)).toBe(0);
  });

  test('is followed until the body has been read', async () => {
    const pull = (): Promise<never> => new Promise(() => undefined);
    const start = (controller: ReadableStreamDefaultController): void => {
      controller.enqueue(new TextEncoder().encode('{"half":'));
    };
    const server = await startServer(() => new Response(new ReadableStream({ start, pull })));
    const reason = new Error('left the page');
    for (const options of [{}, { timeout: LONG }]) {
      const controller = new AbortController();
      const response = await signedFetch(server.url, { signal: controller.signal, ...options });
      const text = rejection(response.text());
      controller.abort(reason);
      expect(await text).toBe(reason);
    }
  });

  test('has no more listeners after a signed fetch than after fetch', async () => {
    const server = await startServer(answer(200));
    const [plain, signed, own] = [0, 1, 2].map(() => new AbortController().signal) as [
      AbortSignal,
      AbortSignal,
      AbortSignal,
    ];
    for (let i = 0; i < 5; i++) {
      await (await fetch(server.url, { signal: plain })).text();
      await (await signedFetch(server.url, { signal: signed })).text();
      await (await signedFetch(server.url, { method: 'POST', body: 'x', signal: own })).text();
    }
    expect(listenersOf(signed)).toBeLessThanOrEqual(listenersOf(plain));
    expect(listenersOf(own)).toBeLessThanOrEqual(listenersOf(plain));
  });
});

test.each([
  ['read', true],
  ['not read', false],
])('a timeout that is still running holds no body, with the response %s', async (_, isRead) => {
  const server = await startServer(answer(200));
  const size = 2_000_000;
  const send = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const init = { method: 'PUT', body: new Uint8Array(size), timeout: LONG };
      const response = await signedFetch(server.url, init);
      server.seen.length = 0; // which keeps what it got
      if (isRead) await response.text();
    }
  };
  await send(1);
  const enough = (await bufferBytes(0)) + 3 * size; // what connections keep of the last ones
  await send(10);
  expect(await bufferBytes(enough)).toBeLessThan(enough);
});

describe('a signal that is none', () => {
  test.each<[string, unknown]>([
    ['text', 'abc'],
    ['the controller', new AbortController()],
    ['an object', { aborted: false }],
  ])('%s is refused', async (_, given) => {
    const signal = given as AbortSignal;
    const refusal = { name: 'SigV4Error', code: 'InvalidOption', option: 'signal' };
    expect(await rejection(signedFetch('http://127.0.0.1:9/', { signal }))).toMatchObject(refusal);
    const { invokeApig } = apiAt('http://127.0.0.1:9');
    for (const options of [{}, { timeout: 100 }]) {
      expect(await rejection(invokeApig({ path: '/x', signal, ...options }))).toMatchObject(refusal);
    }
  });

  test('null is no signal', async () => {
    const server = await startServer(answer(200));
    const request = { path: '/x', signal: null } as unknown as ApigRequest;
    expect(await apiAt(server.url).invokeApig(request)).toEqual({});
    expect((await signedFetch(server.url, { signal: null })).status).toBe(200);
  });
});
