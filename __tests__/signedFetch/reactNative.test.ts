/** What React Native has in place of the platform's own, and what came of it: a test each. The whole runs in `npm run test:bundlers`. */
import { createApig } from '../../src/apig/index';
import { newClient } from '../../src/index';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from '../support/signedFetchHarness';

const {
  AbortController: StandardController,
  Blob: StandardBlob,
  FormData: StandardForm,
  Request: StandardRequest,
} = globalThis;
afterEach(() => {
  Object.assign(globalThis, {
    AbortController: StandardController,
    Blob: StandardBlob,
    FormData: StandardForm,
    Request: StandardRequest,
  });
});
afterAll(closeAll);

const apiAt = (URL: string) => createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials: ANY_KEYS });

describe('the signals of abort-controller, which keep no reason', () => {
  class Signal extends EventTarget {
    aborted = false;
    readonly [Symbol.toStringTag] = 'AbortSignal';
  }
  class Controller {
    readonly signal = new Signal();
    abort(): void {
      this.signal.aborted = true;
      this.signal.dispatchEvent(new Event('abort'));
    }
  }
  /** Node's own takes no such signal. */
  const send: typeof fetch = (input, { signal: _, ...init } = {}) => fetch(input, init);
  const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: send });

  test('the end of the time is an error', async () => {
    const server = await startServer(() => new Promise(() => undefined));
    Object.assign(globalThis, { AbortController: Controller });
    await expect(signedFetch(server.url, { timeout: 20 })).rejects.toMatchObject({ code: 'Timeout' });
    await expect(signedFetch(server.url, { timeout: 0.1 })).rejects.toMatchObject({ code: 'Timeout' });
  });

  test.each(['before the call', 'during it'])('aborted %s, it rejects with what fetch rejects with', async (when) => {
    const server = await startServer(() => new Promise(() => undefined));
    Object.assign(globalThis, { AbortController: Controller });
    const controller = new Controller();
    if (when === 'before the call') controller.abort();
    else setTimeout(controller.abort.bind(controller), 20);
    const error = await rejection(signedFetch(server.url, { signal: controller.signal as unknown as AbortSignal }));
    expect(error).toBeInstanceOf(Error);
    expect(error).toHaveProperty('name', 'AbortError');
  });
});

test("a Request that obeys `cache` by a time in the URL, as whatwg-fetch's: what is signed is sent", async () => {
  let time = 1_700_000_000_000;
  /** As it does it. */
  function TimedRequest(input: string, { cache, ...init }: RequestInit = {}) {
    const real = new StandardRequest(input, init);
    const isTimed = cache === 'no-store' || cache === 'no-cache';
    const now = `_=${time++}`;
    const mark = input.includes('?') ? '&' : '?';
    const timed = /[?&]_=/.test(input) ? input.replace(/_=\d+/, now) : input + mark + now;
    const { method, headers, signal } = real;
    return { url: isTimed ? timed : input, method, headers, signal, arrayBuffer: () => real.arrayBuffer() };
  }
  Object.assign(globalThis, { Request: TimedRequest });
  const server = await startServer(answer(200));
  const send: typeof fetch = (input, init) => fetch(TimedRequest(input as string, init).url, init);
  const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: send });
  const response = await signedFetch(`${server.url}/notes`, { cache: 'no-store' });
  expect(sentRequest(response)?.signed.url).toBe(`${server.url}${server.seen[0]!.path}`);
  expect(server.seen[0]!.path).toMatch(/^\/notes\?_=\d+$/);
});

test("a Request without a name for itself, as whatwg-fetch's, is taken for one", async () => {
  function PlainRequest(input: string | Request, init?: RequestInit) {
    const real = new StandardRequest(typeof input === 'string' ? input : input.url, init);
    const { url, method, headers, signal } = real;
    return { url, method, headers, signal, arrayBuffer: () => real.arrayBuffer() };
  }
  Object.assign(globalThis, { Request: PlainRequest });
  const server = await startServer(answer(200));
  const request = PlainRequest(`${server.url}/notes`) as unknown as Request;
  await createSignedFetch({ credentials: ANY_KEYS })(request, { method: 'DELETE' });
  expect(server.seen).toMatchObject([{ method: 'DELETE', path: '/notes' }]);
});

describe.each(['Blob', 'FormData'])('a %s of a class without a name for itself', (name) => {
  class Untagged {
    readonly data = { blobId: 'f3b1', size: 12 };
  }

  test('does not pass for JSON', async () => {
    Object.assign(globalThis, { [name]: Untagged });
    const server = await startServer(answer(200));
    const { invokeApig } = apiAt(server.url);
    const error = await rejection(invokeApig({ path: '/x', method: 'POST', body: new Untagged() }));
    expect(error).toMatchObject({ code: 'InvalidBody', option: 'body' });
    expect(server.seen).toHaveLength(0);

    const client = newClient({ accessKey: 'AKID', secretKey: 'secret', region: 'us-east-1', endpoint: server.url });
    const body = new Untagged() as unknown as Record<string, unknown>;
    expect(() => client.signRequest({ path: '/x', method: 'POST', body })).toThrow(`got ${name}`);
  });
});
