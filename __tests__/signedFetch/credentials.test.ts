/** Credentials for each signature: asked for, renewed where they have expired or are refused, and shown to no one. */
import { inspect } from 'node:util';
import type { RequestError } from '../../src/errors';
import { CredentialStore } from '../../src/local/credentials';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import type { AwsCredentials, CredentialProvider, GivenCredentials } from '../../src/signedFetch/index';
import { HOUR, fakeTimeouts } from '../support/clocks';
import {
  answer,
  ANY_KEYS,
  closeAll,
  issue,
  rejection,
  startGateway,
  startServer,
  turns,
  until,
} from '../support/signedFetchHarness';

afterAll(closeAll);

/** Credentials that the gateway knows, and that have expired. */
function issueExpired(store: CredentialStore): AwsCredentials {
  const issued = issue(store);
  return Object.assign(issued, { expiration: new Date(Date.now() - 1000) });
}

/** A provider that keeps what it has until it is asked to refresh, and notes how it was asked. */
function keeping(store: CredentialStore, first: GivenCredentials = issue(store)) {
  const asked: boolean[] = [];
  let kept = first;
  const provider: CredentialProvider = async ({ forceRefresh = false }) => {
    asked.push(forceRefresh);
    await turns(1);
    if (forceRefresh) kept = issue(store);
    return kept;
  };
  return { provider, asked };
}

describe('credentials', () => {
  test('a refresh that fails ends its own calls alone: the next call asks anew', async () => {
    const { url, store } = await startGateway();
    const asked: boolean[] = [];
    const signedFetch = createSignedFetch({
      credentials: ({ forceRefresh = false }) => {
        asked.push(forceRefresh);
        if (!forceRefresh) return Promise.resolve(issueExpired(store));
        const isFirst = asked.filter(Boolean).length === 1;
        return isFirst ? Promise.reject(new Error('the identity pool is away')) : Promise.resolve(issue(store));
      },
    });
    const failed = await Promise.allSettled([signedFetch(url), signedFetch(url)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect((await signedFetch(url)).status).toBe(200);
    expect(asked.filter(Boolean)).toHaveLength(2);
  });

  test('a promise of them is refused at once, and one that a provider gives is waited for', async () => {
    const { url, store } = await startGateway();
    const promise = Promise.resolve(issue(store));
    const act = () => createSignedFetch({ credentials: promise as never });
    expect(act).toThrow(
      /^credentials: expected accessKeyId and secretAccessKey .* a function that gets them, got Promise \(await it first\)$/,
    );
    expect((await createSignedFetch({ credentials: () => promise })(url)).status).toBe(200);
  });

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

  test.each(['timeout', 'signal'])(
    'a refresh that never ends holds up no call half a minute after ones that their %s has ended',
    async (way) => {
      const server = await startServer(answer(200));
      let refreshes = 0;
      const signedFetch = createSignedFetch({
        credentials: async (context) => {
          if (!context.forceRefresh) return { ...ANY_KEYS, expiration: new Date(0) };
          if (++refreshes === 1) await new Promise(() => undefined);
          return ANY_KEYS;
        },
      });
      fakeTimeouts();
      const controller = new AbortController();
      const init = way === 'timeout' ? { timeout: 100 } : { signal: controller.signal };
      const all = Promise.allSettled([1, 2, 3].map(() => signedFetch(server.url, init)));
      await until(() => refreshes > 0);
      await turns();
      jest.advanceTimersByTime(100);
      controller.abort();
      expect((await all).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
      expect(refreshes).toBe(1); // shared
      const later = Date.now() + 31_000;
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
      try {
        expect((await signedFetch(server.url)).status).toBe(200);
      } finally {
        clock.mockRestore();
        jest.useRealTimers();
      }
      expect(refreshes).toBe(2);
    },
  );

  test('a refresh that a call no longer waits for is still shared by those that do', async () => {
    const server = await startServer(answer(200));
    let refreshes = 0;
    let finish = (): void => undefined;
    const refreshed = new Promise<void>((resolve) => (finish = resolve));
    const signedFetch = createSignedFetch({
      credentials: async (context) => {
        if (!context.forceRefresh) return { ...ANY_KEYS, expiration: new Date(0) };
        refreshes++;
        await refreshed;
        return ANY_KEYS;
      },
    });
    const others = [1, 2, 3].map(() => signedFetch(server.url));
    const controller = new AbortController();
    const ended = rejection(signedFetch(server.url, { signal: controller.signal }));
    await until(() => refreshes > 0);
    await turns();
    controller.abort(new Error('left the page'));
    expect(await ended).toMatchObject({ message: 'left the page' });
    const late = signedFetch(server.url);
    await turns();
    finish();
    expect((await Promise.all([...others, late])).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(refreshes).toBe(1);
  });

  test.each([
    ['expired, as only the gateway knows', 'CredentialsExpired'],
    ['unknown', 'UnknownAccessKey'],
  ])('refused as %s are renewed once, and a POST is sent again', async (_, refusal) => {
    const { url, store, gateway } = await startGateway();
    const old = refusal === 'CredentialsExpired' ? issueExpired(store) : issue(store);
    if (refusal === 'UnknownAccessKey') store.revoke(old.accessKeyId);
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
    const old = issueExpired(store);
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

test('an error shows neither keys nor the token', async () => {
  const credentials = issue(new CredentialStore());
  const send = (_: unknown, init?: RequestInit): Promise<never> =>
    Promise.reject(new TypeError(`sending ${new Headers(init?.headers).get('authorization') ?? ''}`));
  const signedFetch = createSignedFetch({ credentials, fetch: send, retry: false });
  const error = (await rejection(signedFetch('http://127.0.0.1/'))) as RequestError;
  const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String(error.cause);
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken, 'Signature=']) {
    expect(shown).not.toContain(secret);
  }
});
