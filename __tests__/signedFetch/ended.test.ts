/** Once a call has ended, nothing is done for it any more. */
import { createApig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import { createSignedFetch } from '../../src/signedFetch/index';
import type { CredentialProvider } from '../../src/signedFetch/index';
import { fakeTimeouts } from '../support/clocks';
import { answer, ANY_KEYS, closeAll, rejection, startServer, turns, until } from '../support/signedFetchHarness';

afterAll(closeAll);

const LONG = 600_000;

afterEach(() => {
  jest.useRealTimers();
});

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

  test.each([undefined, LONG])('with a timeout of %p, aborted while it logs in: nothing is sent', async (timeout) => {
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
  });
});

describe('once a call has ended', () => {
  /** What is done for it, one after the other. */
  async function watch(
    work: (credentials: CredentialProvider, send: typeof fetch, done: string[]) => Promise<unknown>,
  ): Promise<string[]> {
    const done: string[] = [];
    const credentials: CredentialProvider = ({ forceRefresh }) => {
      done.push(forceRefresh ? 'renew' : 'ask');
      return ANY_KEYS;
    };
    const send: typeof fetch = (input, init) => {
      done.push('send');
      return fetch(input, init);
    };
    await work(credentials, send, done);
    const before = [...done];
    await turns();
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
      await until(() => server.seen.length > 0);
      controller.abort(new Error('left the page'));
      await call;
    });
    expect(done).toEqual(['ask', 'send']);
  });

  test('late, no one is asked, and nothing is sent', async () => {
    const server = await startServer(() => new Promise(() => undefined));
    const done = await watch(async (credentials, send) => {
      const signed = createSignedFetch({ credentials, fetch: send, retry: { baseDelay: 1 } });
      fakeTimeouts();
      const call = rejection(signed(server.url, { timeout: 300 }));
      await until(() => server.seen.length > 0);
      jest.advanceTimersByTime(300);
      expect(await call).toMatchObject({ code: 'Timeout' });
    });
    expect(done).toEqual(['ask', 'send']);
  });

  test('while credentials are asked for, expired ones are not renewed for it', async () => {
    const server = await startServer(answer(200));
    const done: string[] = [];
    const controller = new AbortController();
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => (give = resolve));
    const credentials: CredentialProvider = async ({ forceRefresh }) => {
      done.push(forceRefresh ? 'renew' : 'ask');
      await given;
      return { ...ANY_KEYS, expiration: new Date(0) };
    };
    const call = rejection(createSignedFetch({ credentials })(server.url, { signal: controller.signal }));
    await until(() => done.length > 0);
    controller.abort(new Error('left the page'));
    await call;
    give();
    await turns();
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
          void turns().then(() => {
            controller.abort(new Error('left the page')); // which is now being read
          });
          return response;
        },
      });
      await rejection(signed(server.url, { signal: controller.signal }));
    });
    expect(done).toEqual(['ask', 'send']);
  });
});
