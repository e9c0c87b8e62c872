/** When a request is sent again, and after what time. */
import { createRetryPolicy } from '../../src/signedFetch/retryPolicy';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import type { Retry, SignedFetchInit } from '../../src/signedFetch/index';
import { fakeTimeouts } from '../support/clocks';
import { answer, ANY_KEYS, closeAll, startServer, until } from '../support/signedFetchHarness';

afterAll(closeAll);

const QUICK = { baseDelay: 1 };
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: QUICK });

describe('which answers are followed by another attempt', () => {
  test.each([
    ['GET', 500, 4],
    ['GET', 502, 4],
    ['GET', 503, 4],
    ['GET', 504, 4],
    ['GET', 429, 4],
    ['HEAD', 503, 4],
    ['OPTIONS', 503, 4],
    ['PUT', 503, 4],
    ['DELETE', 503, 4],
    ['POST', 429, 1], // its own word: it may have acted before it
    ['PATCH', 429, 1],
    ['POST', 503, 1],
    ['PATCH', 500, 1],
    ['POST', 504, 1],
    ['GET', 200, 1],
    ['GET', 400, 1],
    ['GET', 404, 1],
    ['GET', 501, 1],
  ])('%s %d: sent %d times', async (method, status, attempts) => {
    const body = method === 'HEAD' ? '' : '{"a":1}';
    const server = await startServer(answer(status, {}, body));
    const response = await signedFetch(server.url, { method });
    expect(response.status).toBe(status);
    expect(server.seen).toHaveLength(attempts);
    expect(sentRequest(response)!.attempts).toBe(attempts);
    expect(await response.text()).toBe(body); // the last one is whole
  });

  test('a success ends it', async () => {
    const server = await startServer(answer(503), answer(429), answer(200));
    expect((await signedFetch(server.url)).status).toBe(200);
    expect(server.seen).toHaveLength(3);
  });

  test.each<[string, SignedFetchInit, number]>([
    ['retry: false', { retry: false }, 1],
    ['retry: 0', { retry: 0 }, 1],
    ['retry: 2', { retry: { ...QUICK, attempts: 3 } }, 3],
    ['attempts: 1', { retry: { attempts: 1 } }, 1],
    ['a POST that may', { method: 'POST', retry: { ...QUICK, methods: ['post'] } }, 4],
    ['a PUT that may not', { method: 'PUT', retry: { ...QUICK, methods: ['GET'] } }, 1],
    ['other statuses', { retry: { ...QUICK, statuses: [404] } }, 1],
  ])('%s', async (_, init, attempts) => {
    const server = await startServer(answer(503));
    await signedFetch(server.url, init);
    expect(server.seen).toHaveLength(attempts);
  });

  test('a number is the number of further attempts', async () => {
    const server = await startServer(answer(503));
    await signedFetch(server.url, { retry: 2 });
    expect(server.seen).toHaveLength(3);
  });

  test('what a call states goes before what is stated for all, the rest stays', async () => {
    const server = await startServer(answer(404));
    const fetchSigned = createSignedFetch({ credentials: ANY_KEYS, retry: { ...QUICK, statuses: [404], attempts: 9 } });
    await fetchSigned(server.url, { retry: { attempts: 2 } });
    expect(server.seen).toHaveLength(2);
    await fetchSigned(server.url, { retry: false });
    expect(server.seen).toHaveLength(3);
  });
});

test('a call that states an option as undefined keeps what was set for all', async () => {
  const server = await startServer(answer(503));
  await createSignedFetch({ credentials: ANY_KEYS, retry: false })(server.url, { retry: { attempts: undefined } });
  expect(server.seen).toHaveLength(1);
});

test('null states nothing', async () => {
  const server = await startServer(answer(200));
  expect((await signedFetch(server.url, { retry: null as never })).status).toBe(200);
  expect((await createSignedFetch({ credentials: ANY_KEYS, retry: null as never })(server.url)).status).toBe(200);
});

describe('how long it waits, in milliseconds', () => {
  const request = { method: 'GET', url: new URL('https://api.example.com/') };
  const NOW = Date.UTC(2026, 0, 1);
  const after = (headers: Record<string, string>, retry: Retry, attempt = 1): Promise<number | undefined> =>
    createRetryPolicy(retry)(
      request,
      { response: new Response(null, { status: 503, headers }), mayHaveActed: false },
      attempt,
      NOW,
    );
  const utc = (time: number): string => new Date(time).toUTCString();

  test.each<[number, Record<string, string>, string]>([
    [3000, { 'retry-after': '3' }, 'seconds'],
    [3000, { 'retry-after': ' 003 ' }, 'seconds, with zeros and spaces'],
    [0, { 'retry-after': '0' }, 'none'],
    [7000, { 'retry-after': utc(NOW + 7000) }, 'a date'],
    [7000, { 'retry-after': 'Thursday, 01-Jan-26 00:00:07 GMT' }, 'a date as of old'],
    [7000, { 'retry-after': 'Thu Jan  1 00:00:07 2026' }, 'a date of C'],
    [20_000, { 'retry-after': '9'.repeat(400) }, 'for ever'],
    [7000, { date: 'yesterday', 'retry-after': utc(NOW + 7000) }, "a date, and nonsense as the server's own"],
    [0, { 'retry-after': utc(NOW - 7000) }, 'a date that has passed'],
    [1000, { date: utc(1e12), 'retry-after': utc(1e12 + 1000) }, "a date by the server's own clock"],
  ])('%d, as Retry-After says: %j, %s', async (wait, headers) => {
    expect(await after(headers, {})).toBe(wait);
  });

  test('but never longer than maxDelay', async () => {
    expect(await after({ 'retry-after': '3600' }, {})).toBe(20_000);
    expect(await after({ 'retry-after': '3600' }, { maxDelay: 20 })).toBe(20);
    expect(await after({}, { baseDelay: 1e9, maxDelay: 0 })).toBe(0);
  });

  // All of them but the first three are dates to `Date.parse`, or numbers to `Number`.
  const NONSENSE = [
    undefined,
    'soon',
    '',
    ...['-5', '+5', '1, 2', '0x10', '1e3', '0.3', '.5', '5.', 'Infinity', '1_000', '5 s', '2025-01-01', '1/1/2025'],
    ...[
      'Thu, 01 Jan 2025',
      'Thu, 01 Jan 2025 00:00:00 UTC',
      'Thu, 1 Jan 2025 00:00:00 GMT',
      '01 Jan 2025 00:00:00 GMT',
    ],
    ...[
      'Thu, 31 Feb 2025 00:00:00 GMT',
      'Thu, 01 Jan 2025 24:00:00 GMT',
      'Thu, 01 Jan 2025 00:00:00 GMT, 5',
      'THU, 01 JAN 2025 00:00:00 GMT',
    ],
  ];
  test('at random, where it is nonsense as well, up to a limit that doubles each time', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    try {
      for (const value of NONSENSE) {
        const header = value === undefined ? {} : { 'retry-after': value };
        const waits = await Promise.all([1, 2, 3].map((attempt) => after(header, { baseDelay: 60 }, attempt)));
        expect(waits).toEqual([30, 60, 120]);
      }
      expect(await after({}, {}, 1)).toBe(100);
    } finally {
      random.mockRestore();
    }
  });

  test('not at all after the last attempt', async () => {
    expect(await after({}, {}, 4)).toBeUndefined();
    expect(await after({}, { attempts: 9 }, 8)).toBeGreaterThanOrEqual(0);
  });

  test('and the next attempt is not made before', async () => {
    const server = await startServer(answer(503, { 'retry-after': '1' }), answer(200));
    fakeTimeouts();
    try {
      const call = signedFetch(server.url);
      await until(() => jest.getTimerCount() === 1);
      jest.advanceTimersByTime(999);
      expect([jest.getTimerCount(), server.seen.length]).toEqual([1, 1]);
      jest.advanceTimersByTime(1);
      expect((await call).status).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('what is no retry', () => {
  test.each<[unknown, string]>([
    [true, 'retry: expected false, a whole number, or { attempts: 1 or more }, got Boolean'],
    [-1, 'retry: expected false, a whole number, or { attempts: 1 or more }, got -1'],
    [1.5, 'retry: expected'],
    [NaN, 'retry: expected'],
    ['2', 'retry: expected'],
    [{ attempts: 0 }, 'retry: expected'],
    [{ attempts: 1.5 }, 'retry: expected'],
    [{ attempts: '2' }, 'retry: expected'],
    [{ baseDelay: NaN }, 'retry.baseDelay: expected milliseconds, got NaN'],
    [{ maxDelay: -1 }, 'retry.maxDelay: expected milliseconds, got -1'],
    [{ methods: 'POST' }, 'retry.methods: expected an array'],
    [{ statuses: 503 }, 'retry.statuses: expected an array'],
    [
      { retries: 3 },
      'retry.retries: expected a known option, one of attempts, methods, statuses, baseDelay, maxDelay, got 3',
    ],
    [{ atempts: 3 }, 'retry.atempts: expected a known option, such as retry.attempts, got 3'],
    [{ status: [503] }, 'retry.status: expected a known option, such as retry.statuses, got Array'],
  ])('%j is refused, for all calls and for one', async (given, message) => {
    const retry = given as Retry;
    const refusal = expect.objectContaining({ name: 'SigV4Error', code: 'InvalidOption' }) as Error;
    expect(() => createSignedFetch({ credentials: ANY_KEYS, retry })).toThrow(refusal);
    expect(() => createSignedFetch({ credentials: ANY_KEYS, retry })).toThrow(message);
    await expect(signedFetch('http://127.0.0.1:9/', { retry })).rejects.toThrow(message);
  });
});

test.each<[string, unknown, string]>([
  ['a list', [], 'retry'],
  ['a Map', new Map(), 'retry'],
  ['methods that are none', { methods: [5] }, 'retry.methods'],
  ['statuses as text', { statuses: ['503'] }, 'retry.statuses'],
  ['a limit as text', { maxDelay: '10' }, 'retry.maxDelay'],
  ['no limit, as null', { maxDelay: null }, 'retry.maxDelay'],
  ['a first wait without end', { baseDelay: Infinity }, 'retry.baseDelay'],
])('%s is refused by name', (_, retry, option) => {
  expect(() => createRetryPolicy(retry as Retry)).toThrow(
    expect.objectContaining({ code: 'InvalidOption', option }) as Error,
  );
});
