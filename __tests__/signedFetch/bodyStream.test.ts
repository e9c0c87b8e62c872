/** A request's body that is a stream: sent where it ends, and cancelled where the call ends before. */
import { createApig } from '../../src/apig/index';
import type { ApigRequest } from '../../src/apig/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { fakeTimeouts } from '../support/clocks';
import { answer, ANY_KEYS, closeAll, rejection, startServer, turns, until } from '../support/signedFetchHarness';

afterAll(closeAll);
afterEach(() => {
  jest.useRealTimers();
});

const LONG = 600_000;
const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
const apiAt = (URL: string) => createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials: ANY_KEYS });

describe("a request's stream is not read on once the call has ended", () => {
  /** A stream without an end, and what has become of it. */
  function endless() {
    const seen = { pulls: 0, reasons: [] as unknown[] };
    const body = new ReadableStream({
      async pull(controller) {
        await turns(1);
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
      await until(() => seen.pulls >= 5);
      controller.abort(reason);
      expect(await call).toBe(reason);
      const { pulls } = seen;
      await turns();
      expect(seen.reasons).toEqual([reason]);
      expect(seen.pulls).toBeLessThanOrEqual(pulls + 2);
    });

    test('late', async () => {
      const { body, seen } = endless();
      fakeTimeouts();
      const call = rejection(go('http://127.0.0.1:9/', { body, timeout: 100 }));
      await until(() => seen.pulls >= 5);
      jest.advanceTimersByTime(100);
      const error = await call;
      expect(error).toMatchObject({ code: 'Timeout', attempts: 0 });
      await turns();
      expect(seen.reasons).toEqual([error]);
    });

    test('aborted before', async () => {
      const { body, seen } = endless();
      expect(await rejection(go('http://127.0.0.1:9/', { body, signal: AbortSignal.abort(reason) }))).toBe(reason);
      await turns();
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
