import type { RequestError } from '../../src/errors';
import { CredentialStore } from '../../src/local/credentials';
import { createClock, createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import type { AwsCredentials, CredentialProvider, SignedFetchInit } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, issue, rejection, startGateway, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

const HOUR = 3_600_000;

/** A provider that keeps what it has until it is asked to refresh, and counts how often that happens. */
function keeping(store: CredentialStore, first: AwsCredentials = issue(store)) {
  const asked: boolean[] = [];
  let kept = first;
  const provider: CredentialProvider = async (options) => {
    asked.push(options?.forceRefresh ?? false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (options?.forceRefresh) kept = issue(store);
    return kept;
  };
  return { provider, asked };
}

describe("the device's clock", () => {
  test.each([
    ['an hour behind', -HOUR],
    ['an hour ahead', HOUR],
    ['a year behind', -365 * 24 * HOUR],
    ['six minutes ahead', 6 * 60_000],
  ])('%s: learned from the first refusal, and right from then on', async (_, skew) => {
    const { url, credentials, gateway } = await startGateway();
    const lasting = { ...credentials, expiration: undefined };
    const signedFetch = createSignedFetch({ credentials: lasting, now: () => Date.now() + skew, retry: false });
    const first = await signedFetch(url + '/x', { method: 'POST', body: 'once' });
    expect([first.status, sentRequest(first)!.attempts]).toEqual([200, 2]);
    const second = await signedFetch(url + '/x');
    expect([second.status, sentRequest(second)!.attempts]).toEqual([200, 1]);
    expect(gateway.requests.map(({ refusal, status }) => refusal ?? status)).toEqual([
      skew < 0 ? 'SignatureExpired' : 'SignatureNotYetCurrent',
      200,
      200,
    ]);
  });

  test('signed fetches that share a clock learn from each other', async () => {
    const { url, credentials } = await startGateway();
    const clock = createClock(() => new Date(Date.now() - HOUR));
    await createSignedFetch({ credentials, clock })(url);
    expect(clock.offset).toBeGreaterThan(HOUR - 10_000);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(10_000);
    const response = await createSignedFetch({ credentials, clock })(url);
    expect(sentRequest(response)!.attempts).toBe(1);
  });

  test.each(['GET', 'HEAD', 'POST'])('%s, several at once: each is sent again when one has learned', async (method) => {
    const { url, credentials } = await startGateway();
    const now = (): number => Date.now() - HOUR;
    const signedFetch = createSignedFetch({ credentials, now, retry: false });
    const all = await Promise.all(Array.from({ length: 8 }, () => signedFetch(url, { method })));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await signedFetch(url, { method })).status).toBe(200);
  });

  test('what another call has learned meanwhile is kept, and gone back to by no one but that call', async () => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, headers, '{"message":"No."}'));
    const clock = createClock();
    const send: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (clock.offset === 0) clock.correct(Number(hour) + 10_000); // as the other call sees it
      return response;
    };
    await createSignedFetch({ credentials: ANY_KEYS, clock, fetch: send })(server.url);
    expect(server.seen).toHaveLength(2);
    expect(Math.abs(clock.offset - HOUR - 10_000)).toBeLessThan(5000);
  });

  test('a clock that is put right later is learned again', async () => {
    const { url, credentials } = await startGateway();
    let skew = -HOUR;
    const signedFetch = createSignedFetch({ credentials, now: () => Date.now() + skew });
    await signedFetch(url);
    skew = 0;
    const response = await signedFetch(url);
    expect([response.status, sentRequest(response)!.attempts]).toEqual([200, 2]);
  });

  // Texts as AWS sends them; the times in them are the server's.
  const expired = (at: Date): string => {
    const text = at.toISOString().replace(/[:-]|\.\d+/g, '');
    return JSON.stringify({
      message: `Signature expired: 20010101T000000Z is now earlier than ${text} (${text} - 5 min.)`,
    });
  };
  const SIGNATURE = { 'x-amzn-errortype': 'InvalidSignatureException' };
  const hour = new Date(Math.floor(Date.now() / 1000) * 1000 + HOUR);
  test.each<[string, number, Record<string, string>, string]>([
    ['the text alone, its Date hidden from the page', 403, { date: 'hidden' }, expired(hour)],
    ['the Date alone, the text replaced', 403, { ...SIGNATURE, date: hour.toUTCString() }, '{"message":"No."}'],
    [
      'the Date alone, no text at all',
      403,
      { ...SIGNATURE, date: hour.toUTCString(), 'content-type': 'image/png' },
      '',
    ],
    ['the code and the Date', 400, { date: hour.toUTCString(), 'x-amzn-errortype': 'RequestExpired' }, '{}'],
    [
      'S3',
      403,
      { date: 'hidden', 'content-type': 'application/xml' },
      `<Error><Code>RequestTimeTooSkewed</Code><ServerTime>${hour.toISOString()}</ServerTime></Error>`,
    ],
  ])('is learned from %s', async (_, status, headers, body) => {
    const server = await startServer(
      answer(status, { 'content-type': 'application/json', ...headers }, body),
      answer(200),
    );
    const clock = createClock();
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(response.status).toBe(200);
    expect(Math.abs(clock.offset - HOUR)).toBeLessThan(10_000);
  });

  test('a refusal for another reason leaves it alone', async () => {
    const near = new Date(Date.now() + 120_000).toUTCString();
    const server = await startServer(answer(403, { date: near, 'content-type': 'application/json' }));
    const clock = createClock();
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(await response.json()).toEqual({}); // still there to be read
    expect([response.status, server.seen.length, clock.offset]).toEqual([403, 1, 0]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["by an API's own 403", {}, '{"message":"No."}'],
    [
      'by a signature that does not match',
      SIGNATURE,
      '{"message":"The request signature we calculated does not match …"}',
    ],
    ['by a cache', { ...SIGNATURE, age: '0' }, '{"message":"No."}'],
    ['by a cache that keeps the text', { ...SIGNATURE, age: '3600' }, expired(hour)],
  ])('is not moved %s', async (_, headers, body) => {
    const type = { 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, { ...type, ...headers }, body));
    const clock = createClock();
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect([response.status, server.seen.length, clock.offset]).toEqual([403, 1, 0]);
  });

  test.each<[string, string]>([
    ['Date', '{"message":"No."}'],
    ['text', expired(hour)],
  ])('goes back where the signature is refused again after the %s was believed', async (_, body) => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, headers, body));
    const clock = createClock(() => Date.now() + 60_000);
    clock.correct(Date.now()); // what was learned before
    await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    const [first, second] = server.seen.map(({ headers }) => headers.get('x-amz-date')!.slice(0, 11));
    expect(second).not.toBe(first); // the hour
    expect(Math.abs(clock.offset + 60_000)).toBeLessThan(1000);
  });

  test('stays where it is right and the signature still does not match', async () => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json' };
    const mismatch = '{"message":"The request signature we calculated does not match the signature you provided."}';
    const server = await startServer(answer(403, headers, expired(hour)), answer(403, headers, mismatch));
    const clock = createClock();
    await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(Math.abs(clock.offset - HOUR)).toBeLessThan(10_000);
  });

  test('is put right once: a server that goes on refusing has its way', async () => {
    const headers = { date: new Date(0).toUTCString(), 'x-amzn-errortype': 'RequestTimeTooSkewed' };
    const server = await startServer(answer(403, headers));
    const response = await createSignedFetch({ credentials: ANY_KEYS })(server.url);
    expect([response.status, server.seen.length]).toEqual([403, 2]);
  });
});

describe('credentials', () => {
  test('expired ones are asked for again before anything is signed', async () => {
    const { url, store } = await startGateway();
    const { provider, asked } = keeping(store, { ...issue(store), expiration: new Date(Date.now() - 1) });
    const response = await createSignedFetch({ credentials: provider })(url);
    expect([response.status, sentRequest(response)!.attempts]).toEqual([200, 1]);
    expect(asked).toEqual([false, true]);
  });

  test('a hundred calls with expired credentials share one refresh', async () => {
    const { url, store } = await startGateway();
    const { provider, asked } = keeping(store, { ...issue(store), expiration: new Date(Date.now() - 1) });
    const signedFetch = createSignedFetch({ credentials: provider });
    const all = await Promise.all(Array.from({ length: 100 }, () => signedFetch(url)));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  test.each<[string, () => SignedFetchInit]>([
    ['timeout', () => ({ timeout: 100 })],
    ['signal', () => ({ signal: AbortSignal.timeout(100) })],
  ])(
    'a refresh that never ends holds up no call half a minute after ones that their %s has ended',
    async (_, init) => {
      const server = await startServer(answer(200));
      let refreshes = 0;
      const signedFetch = createSignedFetch({
        credentials: async (options) => {
          if (!options?.forceRefresh) return { ...ANY_KEYS, expiration: new Date(0) };
          if (++refreshes === 1) await new Promise(() => undefined);
          return ANY_KEYS;
        },
      });
      const all = await Promise.allSettled([1, 2, 3].map(() => signedFetch(server.url, init())));
      expect(all.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
      expect(refreshes).toBe(1); // shared
      const later = Date.now() + 31_000;
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
      try {
        expect((await signedFetch(server.url)).status).toBe(200);
      } finally {
        clock.mockRestore();
      }
      expect(refreshes).toBe(2);
    },
    3000,
  );

  test('a refresh that a call no longer waits for is still shared by those that do', async () => {
    const server = await startServer(answer(200));
    let refreshes = 0;
    const signedFetch = createSignedFetch({
      credentials: async (options) => {
        if (!options?.forceRefresh) return { ...ANY_KEYS, expiration: new Date(0) };
        refreshes++;
        await new Promise((resolve) => setTimeout(resolve, 300));
        return ANY_KEYS;
      },
    });
    const others = [1, 2, 3].map(() => signedFetch(server.url));
    expect(await rejection(signedFetch(server.url, { timeout: 50 }))).toMatchObject({ code: 'Timeout' });
    const late = signedFetch(server.url);
    expect((await Promise.all([...others, late])).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(refreshes).toBe(1);
  });

  test.each([
    ['expired, as only the gateway knows', 'CredentialsExpired'],
    ['unknown', 'UnknownAccessKey'],
  ])('refused as %s are renewed once, and a POST is sent again', async (_, refusal) => {
    const { url, store, gateway } = await startGateway();
    const old = issue(store, refusal === 'CredentialsExpired' ? 0.001 : undefined);
    if (refusal === 'UnknownAccessKey') store.revoke(old.accessKeyId);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { provider, asked } = keeping(store, { ...old, expiration: undefined });
    const signedFetch = createSignedFetch({ credentials: provider, retry: false });
    const all = await Promise.all(
      Array.from({ length: 10 }, () => signedFetch(url + '/x', { method: 'POST', body: 'x' })),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(gateway.requests.filter((request) => request.refusal === refusal)).toHaveLength(10);
    expect(gateway.requests.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  test('a refusal that breaks off is the answer all the same', async () => {
    const pull = (controller: ReadableStreamDefaultController): void => {
      controller.error(new Error('broke'));
    };
    const headers = { 'content-type': 'application/json' };
    const broken = (): Response => new Response(new ReadableStream({ pull }), { status: 403, headers });
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: () => Promise.resolve(broken()) });
    const response = await signedFetch('http://127.0.0.1/');
    expect(response.status).toBe(403);
    await expect(response.text()).rejects.toThrow('broke');
  });

  test('still refused after that, the refusal is the answer', async () => {
    const { url, gateway } = await startGateway();
    const elsewhere = new CredentialStore();
    const { provider, asked } = keeping(elsewhere);
    const response = await createSignedFetch({ credentials: provider })(url);
    expect([response.status, sentRequest(response)!.attempts, gateway.requests.length]).toEqual([403, 2, 2]);
    expect(await response.json()).toEqual({ message: 'The security token included in the request is invalid.' });
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  test('a plain object cannot be renewed, nor a provider that gives the same again', async () => {
    const { url, gateway } = await startGateway();
    const unknown = issue(new CredentialStore());
    expect((await createSignedFetch({ credentials: unknown })(url)).status).toBe(403);
    expect((await createSignedFetch({ credentials: () => unknown })(url)).status).toBe(403);
    expect(gateway.requests).toHaveLength(2);
  });

  test('both at once: a wrong clock and an expired token', async () => {
    const { url, store, gateway } = await startGateway();
    const old = issue(store, 0.001);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { provider } = keeping(store, { ...old, expiration: undefined });
    const signedFetch = createSignedFetch({ credentials: provider, now: () => Date.now() - HOUR });
    expect((await signedFetch(url)).status).toBe(200);
    expect(gateway.requests.map(({ refusal, status }) => refusal ?? status)).toEqual([
      'SignatureExpired',
      'CredentialsExpired',
      200,
    ]);
  });

  test('a clock that is ahead does not ask for new ones for ever', async () => {
    const { url, store } = await startGateway();
    const { provider, asked } = keeping(store);
    const signedFetch = createSignedFetch({ credentials: provider, now: () => Date.now() + 2 * HOUR });
    for (let i = 0; i < 3; i++) expect((await signedFetch(url)).status).toBe(200);
    expect(asked.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  test('what a provider throws is what the call rejects with, at once', async () => {
    const reason = new Error('not logged in');
    const server = await startServer(answer(200));
    const signedFetch = createSignedFetch({ credentials: () => Promise.reject(reason) });
    expect(await rejection(signedFetch(server.url))).toBe(reason);
    const empty = createSignedFetch({ credentials: () => undefined as never });
    expect(await rejection(empty(server.url))).toMatchObject({ code: 'InvalidCredentials', option: 'credentials' });
    expect(server.seen).toHaveLength(0);
  });
});

describe("what is not idempotent is sent twice only after the gateway's own refusal", () => {
  const EXPIRED =
    'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)';
  const EARLY =
    'Signature not yet current: 20150830T123600Z is still later than 20150830T122730Z (20150830T122600Z + 90 sec.)';
  const TOKEN = 'The security token included in the request is expired';
  const typed = (type: string): Record<string, string> => ({ 'x-amzn-errortype': type });

  /** How often a request is sent that is refused once, by a provider that always has other keys. */
  async function count(method: string, status: number, message: string, headers: Record<string, string>) {
    const json = { 'content-type': 'application/json', ...headers };
    const server = await startServer(answer(status, json, JSON.stringify({ message })), answer(200));
    const credentials: CredentialProvider = (options) => ({
      ...ANY_KEYS,
      accessKeyId: options?.forceRefresh ? 'AKIDOTHER' : 'AKIDEXAMPLE',
    });
    await createSignedFetch({ credentials, retry: false })(server.url, { method, body: 'x' });
    return server.seen.length;
  }

  /** On a page of another origin. */
  async function onPage<T>(work: () => Promise<T>): Promise<T> {
    Object.defineProperty(globalThis, 'location', { value: new URL('https://app.example.com/'), configurable: true });
    try {
      return await work();
    } finally {
      Reflect.deleteProperty(globalThis, 'location');
    }
  }

  test.each<[string, number, string, Record<string, string>]>([
    ['an API that writes of an expired link', 403, 'Signature expired: this document link is no longer good', {}],
    ['an API that quotes AWS', 403, `${EXPIRED} Try again.`, {}],
    ['an API that passes on what its own call got', 400, `upstream: ${TOKEN}`, {}],
    ["an API with AWS's words and another status", 400, TOKEN, {}],
    ['an API with an error type of its own', 403, TOKEN, typed('ValidationException')],
  ])('not after %s', async (_, status, message, headers) => {
    for (const method of ['POST', 'PATCH']) {
      expect(await count(method, status, message, headers)).toBe(1);
      expect(await onPage(() => count(method, status, message, headers))).toBe(1);
    }
  });

  test.each<[string, Record<string, string>]>([
    [EXPIRED, typed('InvalidSignatureException')],
    [EARLY, typed('InvalidSignatureException')],
    [TOKEN, typed('ExpiredTokenException')],
    [`${TOKEN.replace('expired', 'invalid')}.`, typed('UnrecognizedClientException')],
    ['Log in again.', typed('ExpiredTokenException')],
  ])('%s', async (message, headers) => {
    for (const method of ['POST', 'PATCH', 'PUT']) {
      expect(await count(method, 403, message, headers)).toBe(2);
    }
  });

  test.each([EXPIRED, EARLY, TOKEN])('where a page cannot see the header: %s', async (message) => {
    expect(await count('POST', 403, message, {})).toBe(1); // nothing is hidden outside a browser
    expect(await onPage(() => count('POST', 403, message, {}))).toBe(2);
    expect(await count('PUT', 403, message, {})).toBe(2);
  });
});

test('an error shows neither keys nor the token', async () => {
  const credentials = issue(new CredentialStore());
  const send = (_: unknown, init?: RequestInit): Promise<never> =>
    Promise.reject(new TypeError(`sending ${new Headers(init?.headers).get('authorization') ?? ''}`));
  const signedFetch = createSignedFetch({ credentials, fetch: send, retry: false });
  const error = (await rejection(signedFetch('http://127.0.0.1/'))) as RequestError;
  const { inspect } = await import('node:util');
  const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String(error.cause);
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken, 'Signature=']) {
    expect(shown).not.toContain(secret);
  }
});
