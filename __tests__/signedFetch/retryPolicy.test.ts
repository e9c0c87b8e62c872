import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RequestError } from '../../src/errors';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import type { SignedFetchInit } from '../../src/signedFetch/index';
import {
  answer,
  ANY_KEYS,
  closeAll,
  closedUrl,
  rejection,
  startGateway,
  startServer,
  startSocketServer,
} from '../support/signedFetchHarness';

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
    ['POST', 429, 4],
    ['PATCH', 429, 4],
    ['POST', 503, 1],
    ['PATCH', 500, 1],
    ['POST', 504, 1],
    ['GET', 200, 1],
    ['GET', 400, 1],
    ['GET', 404, 1],
    ['GET', 501, 1],
  ])('%s %d: sent %d times', async (method, status, attempts) => {
    const server = await startServer(answer(status, {}, method === 'HEAD' ? '' : '{"a":1}'));
    const response = await signedFetch(server.url, { method });
    expect(response.status).toBe(status);
    expect(server.seen).toHaveLength(attempts);
    expect(sentRequest(response)!.attempts).toBe(attempts);
    if (method !== 'HEAD') expect(await response.json()).toEqual({ a: 1 }); // the last one is whole
  });

  test.each([
    'ThrottlingException',
    'TooManyRequestsException:http://internal.amazon.com/',
    'aws#RequestLimitExceeded',
  ])('a POST throttled with %s', async (type) => {
    const server = await startServer(answer(400, { 'x-amzn-errortype': type }), answer(201));
    expect((await signedFetch(server.url, { method: 'POST', body: 'x' })).status).toBe(201);
    expect(server.seen.map(({ body }) => Buffer.from(body).toString())).toEqual(['x', 'x']);
  });

  test.each<[number, string]>([
    [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'],
    [400, '{"__type":"com.amazon.coral.availability#ThrottlingException"}'],
  ])('a POST throttled as the body tells, with %d %s', async (status, body) => {
    const server = await startServer(answer(status, {}, body), answer(201));
    expect((await signedFetch(server.url, { method: 'POST', body: 'x' })).status).toBe(201);
    expect(server.seen).toHaveLength(2);
  });

  test.each<[string, number, string, Record<string, string>]>([
    ['a success', 200, '{"code":"ThrottlingException"}', {}],
    ['another status', 404, '{"code":"ThrottlingException"}', {}],
    ['another code', 400, '{"code":"Invalid","message":"ThrottlingException"}', {}],
    ['another code in the header', 400, '{"code":"ThrottlingException"}', { 'x-amzn-errortype': 'Other' }],
    ['a long body', 400, `{"code":"ThrottlingException","x":"${'x'.repeat(70_000)}"}`, {}],
  ])('no throttling: %s, which stays whole', async (_, status, body, headers) => {
    const server = await startServer(answer(status, headers, body));
    const response = await signedFetch(server.url, { method: 'POST', body: 'x' });
    expect(await response.text()).toBe(body);
    expect(server.seen).toHaveLength(1);
  });

  test.each([500, 403])('a %d that does not end is read up to a limit', async (status) => {
    const part = new TextEncoder().encode('x'.repeat(10_000));
    let pulled = 0;
    const pull = (controller: ReadableStreamDefaultController): void => {
      if (++pulled > 100) controller.close();
      else controller.enqueue(part);
    };
    const headers = { 'content-type': 'application/json' };
    const endless = (): Response => new Response(new ReadableStream({ pull }), { status, headers });
    const send = createSignedFetch({ credentials: ANY_KEYS, fetch: () => Promise.resolve(endless()) });
    const response = await send('http://127.0.0.1/', { method: 'POST' });
    expect(pulled).toBeLessThan(20);
    await response.body!.cancel();
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

describe('each attempt is signed afresh', () => {
  test('with credentials and the date of its own', async () => {
    let second = Date.UTC(2026, 0, 1);
    const asked: unknown[] = [];
    const server = await startServer(answer(503), answer(200));
    const fetchSigned = createSignedFetch({
      credentials: (options) => {
        asked.push(options);
        return { ...ANY_KEYS, accessKeyId: `AKID${asked.length}` };
      },
      now: () => (second += 1000),
      retry: QUICK,
    });
    await fetchSigned(server.url);
    const [first, next] = server.seen.map(({ headers }) => headers);
    expect(asked).toEqual([undefined, undefined]);
    expect(first!.get('authorization')).toContain('Credential=AKID1/');
    expect(next!.get('authorization')).toContain('Credential=AKID2/');
    expect(next!.get('x-amz-date')).not.toBe(first!.get('x-amz-date'));
  });

  test('and the gateway finds each good', async () => {
    let calls = 0;
    const { url, credentials, gateway } = await startGateway({
      handler: async (request) => {
        const body = await request.text();
        return ++calls < 3 ? new Response(null, { status: 503 }) : Response.json({ body });
      },
    });
    const response = await createSignedFetch({ credentials, retry: QUICK })(url + '/x', { method: 'PUT', body: 'x' });
    expect(await response.json()).toEqual({ body: 'x' });
    expect(gateway.requests.map(({ status, refusal }) => refusal ?? status)).toEqual([503, 503, 200]);
  });
});

describe('how long it waits', () => {
  /** The waits between the requests, in milliseconds. */
  async function waits(headers: () => Record<string, string>, retry: SignedFetchInit['retry']): Promise<number[]> {
    const server = await startServer((...args) => answer(503, headers())(...args));
    await signedFetch(server.url, retry === undefined ? {} : { retry });
    const times = server.seen.map(({ at }) => at);
    return times.slice(1).map((time, i) => time - times[i]!);
  }

  test('as long as Retry-After says, in seconds', async () => {
    const [wait] = await waits(() => ({ 'retry-after': '0.3' }), { attempts: 2, baseDelay: 0 });
    expect(wait).toBeGreaterThan(280);
  });

  test("until the date that Retry-After says, by the server's own clock", async () => {
    const server = Date.UTC(2001, 0, 1);
    const headers = { date: new Date(server).toUTCString(), 'retry-after': new Date(server + 1000).toUTCString() };
    const [wait] = await waits(() => headers, { attempts: 2, baseDelay: 0 });
    expect(wait).toBeGreaterThan(980);
  });

  test('but never longer than maxDelay', async () => {
    const all = await waits(() => ({ 'retry-after': '3600' }), { attempts: 3, maxDelay: 20 });
    expect(all).toHaveLength(2);
    for (const wait of all) expect(wait).toBeGreaterThan(15);
  });

  test('at random, up to a limit that doubles each time', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.999);
    try {
      const [first, second, third] = await waits(() => ({}), { attempts: 4, baseDelay: 60 });
      expect(first).toBeGreaterThan(50);
      expect(second).toBeGreaterThan(110);
      expect(third).toBeGreaterThan(230);
      random.mockReturnValue(0);
      const immediate = await waits(() => ({}), { attempts: 3, baseDelay: 60_000 }); // or the test would time out
      expect(immediate).toHaveLength(2);
    } finally {
      random.mockRestore();
    }
  });
});

describe('where no answer comes', () => {
  test.each([
    ['GET', 4],
    ['PUT', 4],
    ['POST', 1],
  ])('a %s cut off without an answer is sent %d times', async (method, attempts) => {
    const server = await startSocketServer((socket) => {
      socket.once('data', () => socket.destroy());
    });
    const error = (await rejection(signedFetch(server.url + '/notes?token=hidden', { method }))) as RequestError;
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ code: 'NetworkError', attempts, method, url: server.url + '/notes' });
    expect(error.message).toContain(`${method} /notes: no answer from ${server.url}`);
    if (attempts > 1) expect(error.message).toContain(`in ${attempts} attempts`);
    expect(error.message).not.toContain('hidden');
    expect((error.cause as Error).message).toBe('fetch failed');
    expect(server.count()).toBe(attempts);
    await server.close();
  });

  test('a connection that is refused is tried again even for a POST, which no one can have acted on', async () => {
    const error = (await rejection(signedFetch(await closedUrl(), { method: 'POST', body: 'x' }))) as RequestError;
    expect(error).toMatchObject({ code: 'NetworkError', attempts: 4 });
    expect(error).toMatchObject({ cause: { cause: { code: 'ECONNREFUSED' } } });
  });

  test('a host that does not exist likewise', async () => {
    const init = { method: 'POST', retry: { ...QUICK, attempts: 2 } };
    const error = await rejection(signedFetch('http://no-such-host.invalid/', init));
    expect(error).toMatchObject({ code: 'NetworkError', attempts: 2 });
  });

  // As Node words them; which of them a machine meets depends on its network.
  const failure = (code: string, syscall: string): Error => {
    const where = syscall === 'getaddrinfo' ? { hostname: '127.0.0.1' } : { address: '127.0.0.1', port: 80 };
    return Object.assign(new Error(code), { code, syscall, ...where });
  };
  const severalAddresses = (...errors: NodeJS.ErrnoException[]): Error =>
    Object.assign(new AggregateError(errors), { code: errors[0]!.code });
  test.each<[number, string, Error]>([
    [2, 'no route to it', failure('EHOSTUNREACH', 'connect')],
    [2, 'no network', failure('ENETUNREACH', 'connect')],
    [2, 'no name server', failure('EAI_AGAIN', 'getaddrinfo')],
    [2, 'no address', severalAddresses(failure('ENETUNREACH', 'connect'), failure('ECONNREFUSED', 'connect'))],
    [1, 'perhaps one address', severalAddresses(failure('ECONNREFUSED', 'connect'), failure('EHOSTUNREACH', 'read'))],
    [1, 'a route that was lost on the way', failure('EHOSTUNREACH', 'read')],
    [1, 'a network that was lost on the way', failure('ENETUNREACH', 'write')],
    [1, 'a slow connection', failure('UND_ERR_CONNECT_TIMEOUT', 'connect')],
    [1, 'a reset', failure('ECONNRESET', 'read')],
  ])('a POST is sent %d times: %s', async (attempts, _, cause) => {
    const fetchSigned = createSignedFetch({
      credentials: ANY_KEYS,
      retry: { ...QUICK, attempts: 2 },
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
    });
    const error = await rejection(fetchSigned('http://127.0.0.1/', { method: 'POST' }));
    expect(error).toMatchObject({ code: 'NetworkError', attempts });
  });

  test('and a later answer counts', async () => {
    const server = await startSocketServer((socket, count) => {
      socket.once('data', () => {
        if (count < 3) socket.destroy();
        else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
      });
    });
    const response = await signedFetch(server.url, { method: 'PUT', body: 'x' });
    expect(await response.text()).toBe('ok');
    expect(sentRequest(response)!.attempts).toBe(3);
    await server.close();
  });

  test('an error of this library from the underlying fetch ends the call as it is', async () => {
    const reason = new RequestError('InvalidResponse', 'stop', { method: 'GET', url: 'http://127.0.0.1/' });
    let calls = 0;
    const fetchSigned = createSignedFetch({
      credentials: ANY_KEYS,
      retry: QUICK,
      fetch: () => {
        calls++;
        return Promise.reject(reason);
      },
    });
    expect(await rejection(fetchSigned('http://127.0.0.1/'))).toBe(reason);
    expect(calls).toBe(1);
  });
});

describe('abort and timeout', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  test('an aborted signal rejects with its reason, before, while asking for credentials, in flight and while waiting', async () => {
    const reason = new Error('changed my mind');
    let controller = new AbortController();
    const abortSoon = (): void => {
      setTimeout(() => {
        controller.abort(reason);
      }, 50);
    };
    const busy = await startServer((...args) => {
      abortSoon();
      return answer(503, { 'retry-after': '60' })(...args);
    });
    expect(await rejection(signedFetch(busy.url, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(busy.seen).toHaveLength(0);

    const mute = await startSocketServer(abortSoon);
    const hanging = createSignedFetch({
      credentials: () => {
        abortSoon();
        return never();
      },
    });
    for (const [send, url] of [
      [hanging, busy.url],
      [signedFetch, mute.url],
      [signedFetch, busy.url],
    ] as const) {
      controller = new AbortController();
      const request = new Request(url, { signal: controller.signal });
      expect(await rejection(send(request, { retry: { maxDelay: 1e5 } }))).toBe(reason);
    }
    expect(busy.seen).toHaveLength(1);
    await mute.close();
  });

  test('after garbage was collected as well', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const slow = (): Promise<Response> => new Promise((resolve) => setTimeout(resolve, 2000));
    const fetchSigned = createSignedFetch({ credentials: ANY_KEYS, fetch: slow });
    const init = { method: 'POST', body: 'x' };
    for (const isRequest of [false, true]) {
      const controller = new AbortController();
      const { signal } = controller;
      const call = isRequest
        ? fetchSigned(new Request('http://127.0.0.1/', { ...init, signal }))
        : fetchSigned('http://127.0.0.1/', { ...init, signal });
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        gc();
      }
      controller.abort();
      expect(await rejection(call)).toMatchObject({ name: 'AbortError' });
    }
  });

  test('whatever the underlying fetch makes of it', async () => {
    const reason = new Error('changed my mind');
    const controller = new AbortController();
    const own = (): Promise<never> => {
      controller.abort(reason);
      return Promise.reject(new TypeError('something else'));
    };
    const fetchSigned = createSignedFetch({ credentials: ANY_KEYS, fetch: own });
    expect(await rejection(fetchSigned('http://127.0.0.1/', { signal: controller.signal }))).toBe(reason);
  });

  test('without a reason it is an AbortError, as with fetch', async () => {
    const error = await rejection(signedFetch('http://127.0.0.1/', { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  test('a body that never ends is not waited for', async () => {
    const body = new ReadableStream({ pull: never });
    const init = { method: 'POST', body, timeout: 100 };
    expect(await rejection(signedFetch('http://127.0.0.1/', init))).toMatchObject({ code: 'Timeout', attempts: 0 });
  });

  test('the timeout covers all attempts, their waits, and credentials', async () => {
    const mute = await startSocketServer(() => undefined);
    const error = (await rejection(signedFetch(mute.url + '/x', { timeout: 1000 }))) as RequestError;
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ code: 'Timeout', attempts: 1, message: 'GET /x: no answer within 1000 ms.' });
    await mute.close();

    const server = await startServer(answer(503, { 'retry-after': '0' }), answer(503, { 'retry-after': '60' }));
    const late = await rejection(signedFetch(server.url, { timeout: 2000, retry: { maxDelay: 1e5 } }));
    expect(late).toMatchObject({ code: 'Timeout', attempts: 2 });
    expect((late as Error).message).toContain('within 2000 ms in 2 attempts');

    const hanging = createSignedFetch({ credentials: never, timeout: 50 });
    expect(await rejection(hanging(server.url))).toMatchObject({ code: 'Timeout', attempts: 0 });
  });

  test('and reading the body', async () => {
    const server = await startSocketServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    });
    const response = await signedFetch(server.url, { timeout: 1500 });
    expect(await rejection(response.text())).toMatchObject({ code: 'Timeout', attempts: 1 });
    await server.close();
  });

  test('more milliseconds than timers take are a long time all the same', async () => {
    const slow = await startServer(async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return answer(200)(...args);
    });
    expect((await signedFetch(slow.url, { timeout: 2 ** 31 })).status).toBe(200);
  });

  test('and so are waits', async () => {
    const busy = await startServer(answer(503, { 'retry-after': '3000000' }));
    const init = { timeout: 500, retry: { maxDelay: Infinity } };
    expect(await rejection(signedFetch(busy.url, init))).toMatchObject({ code: 'Timeout', attempts: 1 });
  });

  test('a timeout that is not needed keeps nothing alive', async () => {
    const server = await startServer(answer(200));
    const response = await signedFetch(server.url, { timeout: 3_600_000 });
    expect(response.status).toBe(200); // jest would report the open timer
  });
});
