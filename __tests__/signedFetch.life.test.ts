/** How a call ends: what it leaves behind with the app's signal and in memory, and that nothing is done for it any more. */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext, runInThisContext } from 'node:vm';
import { createApig } from '../src/apig/index';
import type { ApigRequest } from '../src/apig/index';
import { startLocalAws } from '../src/local';
import { createSignedFetch } from '../src/signedFetch/index';
import type { CredentialProvider } from '../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from './signedFetchHarness';

afterAll(closeAll);

const LONG = 600_000;
const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
const apiAt = (URL: string) => createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials: ANY_KEYS });
const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
}

describe('a signal that is aborted already', () => {
  const reason = new Error('left the page');
  const signal = AbortSignal.abort(reason);

  test.each([undefined, LONG])('with a timeout of %p: nothing is sent, and no one asked', async (timeout) => {
    const server = await startServer(answer(200));
    let asked = 0;
    const credentials = (): typeof ANY_KEYS => {
      asked++;
      return ANY_KEYS;
    };
    const options = { method: 'POST', body: '{}', signal, ...(timeout && { timeout }) };
    expect(await rejection(createSignedFetch({ credentials })(server.url, options))).toBe(reason);
    const config = { apiGateway: { REGION: 'us-east-1', URL: server.url } };
    const { invokeApig } = createApig(config, { credentials });
    expect(await rejection(invokeApig({ path: '/pay', ...options }))).toBe(reason);
    expect([server.seen.length, asked]).toEqual([0, 0]);
  });

  test('no one is logged in for it', async () => {
    const login = { username: 'user@example.com', password: 'Passw0rd!' };
    const aws = await startLocalAws({ userPool: { users: [login] } });
    try {
      const apig = createApig(aws.config);
      expect(await rejection(apig.invokeApig({ path: '/notes', login, signal }))).toBe(reason);
      expect(apig.getCurrentUser()).toBeNull();
    } finally {
      await aws.stop();
    }
  });

  test.each([undefined, LONG])(
    'with a timeout of %p, aborted while it logs in: nothing is sent',
    async (timeout) => {
      const login = { username: 'user@example.com', password: 'Passw0rd!' };
      const aws = await startLocalAws({ userPool: { users: [login] } });
      try {
        const controller = new AbortController();
        const call = createApig(aws.config).invokeApig({ path: '/notes', login, signal: controller.signal, timeout });
        controller.abort(reason);
        expect(await rejection(call)).toBe(reason);
        expect(aws.apiGateway.requests).toEqual([]);
      } finally {
        await aws.stop();
      }
    },
    60_000,
  );
});

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
    await soon(); // warnings come late
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
    await soon();
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
  const held = async (count: number): Promise<number> => {
    const { arrayBuffers } = process.memoryUsage();
    for (let i = 0; i < count; i++) {
      const init = { method: 'PUT', body: new Uint8Array(size), timeout: LONG };
      const response = await signedFetch(server.url, init);
      server.seen.length = 0; // which keeps what it got
      if (isRead) await response.text();
    }
    await collectGarbage();
    return process.memoryUsage().arrayBuffers - arrayBuffers;
  };
  await held(1);
  expect(await held(10)).toBeLessThan(3 * size); // what connections keep of the last ones
});

describe("a request's stream is not read on once the call has ended", () => {
  /** A stream without an end, and what has become of it. */
  function endless() {
    const seen = { pulls: 0, reasons: [] as unknown[] };
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.pulls++;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: (reason) => void seen.reasons.push(reason),
    });
    return { body, seen };
  }
  const reason = new Error('left the page');

  type Go = (url: string, init: Pick<ApigRequest, 'signal' | 'timeout'> & { body: ReadableStream }) => Promise<unknown>;
  const ways: [string, Go][] = [
    ['a stream', (url, init) => signedFetch(url, { method: 'POST', ...init } as RequestInit)],
    [
      'a Request',
      (url, { body, ...init }) =>
        signedFetch(new Request(url, { method: 'POST', body, duplex: 'half' } as RequestInit), init as RequestInit),
    ],
    ['invokeApig', (url, init) => apiAt(url).invokeApig({ path: '/x', method: 'POST', ...init })],
  ];
  describe.each(ways)('%s', (_, go) => {
    test.each([undefined, LONG])('aborted, with a timeout of %p', async (timeout) => {
      const { body, seen } = endless();
      const controller = new AbortController();
      const call = rejection(go('http://127.0.0.1:9/', { body, signal: controller.signal, timeout }));
      while (seen.pulls < 5) await soon();
      controller.abort(reason);
      expect(await call).toBe(reason);
      const { pulls } = seen;
      await soon();
      expect(seen.reasons).toEqual([reason]);
      expect(seen.pulls).toBeLessThanOrEqual(pulls + 2);
    });

    test('late', async () => {
      const { body, seen } = endless();
      const error = await rejection(go('http://127.0.0.1:9/', { body, timeout: 100 }));
      expect(error).toMatchObject({ code: 'Timeout', attempts: 0 });
      await soon();
      expect(seen.reasons).toEqual([error]);
    });

    test('aborted before', async () => {
      const { body, seen } = endless();
      expect(await rejection(go('http://127.0.0.1:9/', { body, signal: AbortSignal.abort(reason) }))).toBe(reason);
      await soon();
      expect(seen).toEqual({ pulls: expect.any(Number) as number, reasons: [reason] });
      expect(seen.pulls).toBeLessThanOrEqual(2);
    });

    test('and one that ends is sent', async () => {
      const server = await startServer(answer(200));
      const { signal } = new AbortController();
      await go(server.url, { body: new Blob(['ab', 'c']).stream(), signal, timeout: LONG });
      expect(Buffer.from(server.seen[0]!.body).toString()).toBe('abc');
    });
  });

  test('one that breaks off is refused, with a signal as well', async () => {
    const pull = (controller: ReadableStreamDefaultController): void => {
      controller.error(new Error('broke'));
    };
    const init = { method: 'POST', body: new ReadableStream({ pull }), timeout: LONG };
    const error = await rejection(signedFetch('http://127.0.0.1:9/', init));
    expect(error).toMatchObject({ code: 'InvalidBody', cause: { message: 'broke' } });
    const text = new ReadableStream({
      start: (controller) => {
        controller.enqueue('no bytes');
        controller.close();
      },
    });
    expect(await rejection(signedFetch('http://127.0.0.1:9/', { ...init, body: text }))).toMatchObject({
      code: 'InvalidBody',
    });
  });
});

describe('once a call has ended', () => {
  /** What is done for it, one after the other. */
  async function watch(
    work: (credentials: CredentialProvider, send: typeof fetch, done: string[]) => Promise<unknown>,
  ): Promise<string[]> {
    const done: string[] = [];
    const credentials: CredentialProvider = (options) => {
      done.push(options?.forceRefresh ? 'renew' : 'ask');
      return ANY_KEYS;
    };
    const send: typeof fetch = (input, init) => {
      done.push('send');
      return fetch(input, init);
    };
    await work(credentials, send, done);
    const before = [...done];
    await soon();
    expect(done).toEqual(before);
    return done;
  }

  test.each([
    ['aborted', {}],
    ['aborted, with a timeout', { timeout: LONG }],
  ])('%s in flight, no one is asked, and nothing is sent', async (_, options) => {
    const server = await startServer(() => new Promise(() => undefined));
    const done = await watch(async (credentials, send) => {
      const controller = new AbortController();
      const signed = createSignedFetch({ credentials, fetch: send, retry: { baseDelay: 1 } });
      const call = rejection(signed(server.url, { signal: controller.signal, ...options }));
      while (server.seen.length === 0) await new Promise(setImmediate);
      controller.abort(new Error('left the page'));
      await call;
    });
    expect(done).toEqual(['ask', 'send']);
  });

  test('late, no one is asked, and nothing is sent', async () => {
    const server = await startServer(() => new Promise(() => undefined));
    const done = await watch(async (credentials, send) => {
      const signed = createSignedFetch({ credentials, fetch: send, retry: { baseDelay: 1 } });
      expect(await rejection(signed(server.url, { timeout: 300 }))).toMatchObject({ code: 'Timeout' });
    });
    expect(done).toEqual(['ask', 'send']);
  });

  test('while credentials are asked for, expired ones are not renewed for it', async () => {
    const server = await startServer(answer(200));
    const done: string[] = [];
    const controller = new AbortController();
    const credentials: CredentialProvider = async (options) => {
      done.push(options?.forceRefresh ? 'renew' : 'ask');
      await soon();
      return { ...ANY_KEYS, expiration: new Date(0) };
    };
    const call = rejection(createSignedFetch({ credentials })(server.url, { signal: controller.signal }));
    while (done.length === 0) await new Promise(setImmediate);
    controller.abort(new Error('left the page'));
    await call;
    await soon();
    await soon();
    expect([done, server.seen.length]).toEqual([['ask'], 0]);
  });

  test('while a refusal is read, no other credentials are asked for', async () => {
    const pull = (): Promise<never> => new Promise(() => undefined);
    const start = (stream: ReadableStreamDefaultController): void => {
      stream.enqueue(new TextEncoder().encode('{"message":"The security token included in the request is '));
    };
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'UnrecognizedClientException' };
    const server = await startServer(() => new Response(new ReadableStream({ start, pull }), { status: 403, headers }));
    const done = await watch(async (credentials, send) => {
      const controller = new AbortController();
      const signed = createSignedFetch({
        credentials,
        fetch: async (input, init) => {
          const response = await send(input, init);
          setTimeout(() => {
            controller.abort(new Error('left the page'));
          }, 50);
          return response;
        },
      });
      await rejection(signed(server.url, { signal: controller.signal }));
    });
    expect(done).toEqual(['ask', 'send']);
  });
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
