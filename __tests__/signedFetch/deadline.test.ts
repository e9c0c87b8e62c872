/** What ends a call before its time: the app's signal, and a timeout. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { RequestError } from '../../src/errors';
import { createSignedFetch } from '../../src/signedFetch/index';
import { DAY, fakeTimeouts } from '../support/clocks';
import {
  answer,
  ANY_KEYS,
  closeAll,
  rejection,
  startServer,
  startSocketServer,
  turns,
  until,
} from '../support/signedFetchHarness';
import { temporaryFolder } from '../support/temporaryFolder';
import { never } from '../support/waiting';

afterAll(closeAll);
beforeEach(fakeTimeouts);
afterEach(() => {
  jest.useRealTimers();
  child?.kill(); // which would stay for a day where the test has failed
});

let child: ChildProcess | undefined;
const signedFetch = createSignedFetch({ credentials: ANY_KEYS });

describe('an aborted signal', () => {
  const reason = new Error('changed my mind');

  test('rejects with its reason before anything is sent', async () => {
    const server = await startServer(answer(200));
    expect(await rejection(signedFetch(server.url, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(server.seen).toHaveLength(0);
  });

  test('while asking for credentials', async () => {
    const controller = new AbortController();
    const hanging = createSignedFetch({
      credentials: () => {
        setImmediate(() => {
          controller.abort(reason);
        });
        return never();
      },
    });
    expect(await rejection(hanging('http://127.0.0.1:9/', { signal: controller.signal }))).toBe(reason);
  });

  test('in flight', async () => {
    const controller = new AbortController();
    const mute = await startSocketServer(() => {
      controller.abort(reason);
    });
    expect(await rejection(signedFetch(new Request(mute.url, { signal: controller.signal })))).toBe(reason);
    await mute.close();
  });

  test('while waiting for the next attempt', async () => {
    const controller = new AbortController();
    const busy = await startServer(answer(503, { 'retry-after': '60' }));
    const call = rejection(signedFetch(busy.url, { signal: controller.signal, retry: { maxDelay: 1e5 } }));
    await until(() => jest.getTimerCount() === 1);
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect([busy.seen.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  test.each([
    ['of init', false],
    ['of a Request', true],
  ])('%s, after garbage was collected as well', async (_, isRequest) => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const pending: unknown[] = [];
    const slow = (): Promise<Response> => new Promise((resolve) => pending.push(resolve));
    const fetchSigned = createSignedFetch({ credentials: ANY_KEYS, fetch: slow });
    const controller = new AbortController();
    const init = { method: 'POST', body: 'x', signal: controller.signal };
    const call = rejection(
      isRequest ? fetchSigned(new Request('http://127.0.0.1/', init)) : fetchSigned('http://127.0.0.1/', init),
    );
    await until(() => pending.length > 0);
    for (let i = 0; i < 3; i++) {
      await turns(5);
      gc();
    }
    controller.abort();
    expect(await call).toMatchObject({ name: 'AbortError' });
  });

  test('counts, whatever the underlying fetch makes of it', async () => {
    const controller = new AbortController();
    const own = (): Promise<never> => {
      controller.abort(reason);
      return Promise.reject(new TypeError('something else'));
    };
    const fetchSigned = createSignedFetch({ credentials: ANY_KEYS, fetch: own });
    expect(await rejection(fetchSigned('http://127.0.0.1/', { signal: controller.signal }))).toBe(reason);
  });

  test('without a reason is an AbortError, as with fetch', async () => {
    const error = await rejection(signedFetch('http://127.0.0.1/', { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
  });
});

describe('a timeout', () => {
  test('ends a body that never ends', async () => {
    const body = new ReadableStream({ pull: never });
    const call = rejection(signedFetch('http://127.0.0.1/', { method: 'POST', body, timeout: 100 }));
    await turns();
    jest.advanceTimersByTime(100);
    expect(await call).toMatchObject({ code: 'Timeout', attempts: 0 });
  });

  test('ends a request that is not answered, and not before its time', async () => {
    const mute = await startSocketServer(() => undefined);
    const call = rejection(signedFetch(mute.url + '/x', { timeout: 1000 }));
    await until(() => mute.count() === 1);
    jest.advanceTimersByTime(999);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(1);
    const error = await call;
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ code: 'Timeout', attempts: 1, message: 'GET /x: no answer within 1000 ms.' });
    await mute.close();
  });

  test('covers all attempts and their waits', async () => {
    const server = await startServer(answer(503, { 'retry-after': '1' }), answer(503, { 'retry-after': '60' }));
    const call = rejection(signedFetch(server.url, { timeout: 2000, retry: { maxDelay: 1e5 } }));
    await until(() => jest.getTimerCount() === 2); // the timeout's, and the wait's
    jest.advanceTimersByTime(1000);
    await until(() => server.seen.length === 2 && jest.getTimerCount() === 2);
    jest.advanceTimersByTime(1000);
    const error = await call;
    expect(error).toMatchObject({ code: 'Timeout', attempts: 2 });
    expect((error as Error).message).toContain('within 2000 ms in 2 attempts');
  });

  test('covers asking for credentials', async () => {
    const hanging = createSignedFetch({ credentials: never, timeout: 50 });
    const call = rejection(hanging('http://127.0.0.1:9/'));
    jest.advanceTimersByTime(50);
    expect(await call).toMatchObject({ code: 'Timeout', attempts: 0 });
  });

  test('covers reading the body', async () => {
    const server = await startSocketServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    });
    const response = await signedFetch(server.url, { timeout: 1500 });
    const text = rejection(response.text());
    jest.advanceTimersByTime(1500);
    expect(await text).toMatchObject({ code: 'Timeout', attempts: 1 });
    await server.close();
  });

  test('of more milliseconds than timers take is a long time all the same', async () => {
    let respond = (): void => undefined;
    const asked = new Promise<void>((resolve) => (respond = resolve));
    const slow = await startServer(async (...args) => {
      await asked;
      return answer(200)(...args);
    });
    const call = signedFetch(slow.url, { timeout: 2 ** 31 });
    await until(() => slow.seen.length === 1);
    jest.advanceTimersByTime(DAY);
    respond();
    expect((await call).status).toBe(200);
  });

  test('and so is a wait', async () => {
    const busy = await startServer(answer(503, { 'retry-after': '3000000' }), answer(200));
    const controller = new AbortController();
    const call = rejection(signedFetch(busy.url, { signal: controller.signal, retry: { maxDelay: Infinity } }));
    await until(() => jest.getTimerCount() === 1);
    jest.advanceTimersByTime(DAY);
    await turns();
    expect([busy.seen.length, jest.getTimerCount()]).toEqual([1, 1]);
    controller.abort();
    await call;
  });

  test('that is no longer needed is gone', async () => {
    const server = await startServer(answer(200));
    const response = await signedFetch(server.url, { timeout: DAY });
    expect(jest.getTimerCount()).toBe(1);
    await response.text();
    expect(jest.getTimerCount()).toBe(0);
    await signedFetch(server.url, { method: 'HEAD', timeout: DAY }); // which has no body
    expect(jest.getTimerCount()).toBe(0);
  });

  test.each([
    ['read', 'await response.text();'],
    ['not read', ''],
  ])('a process with one that is far off ends by itself, with the response %s', async (_, reading) => {
    const script = `
      import { createSignedFetch } from ${JSON.stringify(join(__dirname, '../../src/signedFetch/index'))};
      const fetch = () => Promise.resolve(new Response('{}'));
      const signedFetch = createSignedFetch({ credentials: ${JSON.stringify(ANY_KEYS)}, fetch });
      const response = await signedFetch('http://127.0.0.1/', { timeout: ${DAY} });
      ${reading}
      console.log(response.status);
    `;
    const outfile = join(temporaryFolder(), 'app.mjs');
    const stdin = { contents: script, resolveDir: __dirname };
    buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
    const app = (child = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] }));
    let output = '';
    app.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(app, 'close')) as [number];
    expect([code, output]).toEqual([0, '200\n']);
  });
});
