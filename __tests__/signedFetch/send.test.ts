/** Each attempt is signed afresh; what is not idempotent is not sent again once the server has acted. */
import dns from 'node:dns';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
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
import { listenLocally } from '../support/localServer';

afterAll(closeAll);

const QUICK = { baseDelay: 1, attempts: 3 };
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: QUICK });
const POST = { method: 'POST', body: 'x' };

describe('each attempt is signed afresh', () => {
  test('with credentials and the date of its own', async () => {
    let second = Date.UTC(2026, 0, 1);
    const asked: unknown[] = [];
    const server = await startServer(answer(503), answer(200));
    const fetchSigned = createSignedFetch({
      credentials: (context) => {
        asked.push(context);
        return { ...ANY_KEYS, accessKeyId: `AKID${asked.length}` };
      },
      now: () => (second += 1000),
      retry: QUICK,
    });
    await fetchSigned(server.url);
    const [first, next] = server.seen.map(({ headers }) => headers);
    expect(asked).toEqual([{ forceRefresh: false }, { forceRefresh: false }]);
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

describe('after a redirect, which shows that it acted', () => {
  const moved = (location: string) => answer(303, { location });

  test.each<[string, () => Promise<string> | string]>([
    ['an address that refuses the connection', async () => `${await closedUrl()}/orders/1`],
    ['a name that does not exist', () => 'http://no-such-host.invalid/orders/1'],
  ])('to %s', async (_, target) => {
    const server = await startServer(moved(await target()));
    expect(await rejection(signedFetch(server.url, POST))).toMatchObject({ code: 'NetworkError', attempts: 1 });
    expect(server.seen).toHaveLength(1);
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN'])('to a name that cannot be looked up: %s', async (code) => {
    const server = await startServer(moved('http://orders.invalid/orders/1'));
    const failing = (name: string, _: object, tell: (error: Error) => void): void => {
      tell(Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, syscall: 'getaddrinfo' }));
    };
    const lookup = jest.spyOn(dns, 'lookup').mockImplementation(failing as unknown as typeof dns.lookup);
    try {
      for (const method of ['POST', 'PATCH']) {
        const error = await rejection(signedFetch(server.url, { ...POST, method }));
        expect(error).toMatchObject({ code: 'NetworkError', attempts: 1, cause: { cause: { code } } });
      }
      expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
    } finally {
      lookup.mockRestore();
    }
  });

  /** Acts, answers with a redirect to itself under a name, and refuses all further connections. */
  async function startVanishing(name: string) {
    const acted: string[] = [];
    const server = createServer((request, response) => {
      acted.push(request.method!);
      server.close();
      response.writeHead(302, { location: `http://${name}:${port}/orders/1`, connection: 'close' }).end();
    });
    const { port, url } = await listenLocally(server);
    return { acted, url: `${url}/orders` };
  }
  const followsByItself: typeof fetch = (url, init) => fetch(url, { ...init, redirect: 'follow' });

  describe.each<[string, typeof fetch | undefined]>([
    ['the fetch of Node', undefined],
    ['one that follows by itself', followsByItself],
  ])('%s', (_, custom) => {
    test.each(['127.0.0.1', 'localhost', 'no-such-host.invalid'])('to itself as %s, and is gone', async (name) => {
      for (const method of ['POST', 'PATCH']) {
        const { acted, url } = await startVanishing(name);
        const send = createSignedFetch({ credentials: ANY_KEYS, retry: QUICK, fetch: custom });
        const error = await rejection(send(url, { ...POST, method }));
        expect(error).toMatchObject({ code: 'NetworkError', attempts: 1 });
        expect(acted).toEqual([method]);
      }
    });
  });

  test('through a Response that does not tell where it came from', async () => {
    const calls: unknown[] = [];
    const send = createSignedFetch({
      credentials: ANY_KEYS,
      retry: QUICK,
      fetch: (url) => {
        calls.push(url);
        return Promise.resolve(new Response('{}', { status: 429 }));
      },
    });
    expect((await send('http://127.0.0.1/', POST)).status).toBe(429);
    expect(calls).toHaveLength(1);
    expect((await send('http://127.0.0.1/')).status).toBe(429);
    expect(calls).toHaveLength(4); // a GET may be repeated
  });

  test.each<[string, number, Record<string, string>, SignedFetchInit]>([
    ['what is busy', 429, {}, {}],
    ['what throttles', 400, { 'x-amzn-errortype': 'ThrottlingException' }, {}],
    ['what refuses the token', 403, { 'x-amzn-errortype': 'ExpiredTokenException' }, { retry: false }],
    ['what refuses the date', 403, { 'x-amzn-errortype': 'RequestExpired', date: new Date(0).toUTCString() }, {}],
  ])('to %s', async (_, status, headers, init) => {
    let keys = 0;
    const credentials = () => ({ ...ANY_KEYS, accessKeyId: `AKID${++keys}` });
    const send = createSignedFetch({ credentials, retry: QUICK });
    for (const method of ['POST', 'PATCH']) {
      const server = await startServer(moved('/orders/1'), answer(status, headers));
      expect((await send(server.url, { ...POST, method, ...init })).status).toBe(status);
      expect(server.seen.map((request) => request.method)).toEqual([method, 'GET']);
    }
  });

  test('a GET is repeated, and so is what the app says may be', async () => {
    for (const init of [{}, { ...POST, retry: { ...QUICK, methods: ['POST'] } }]) {
      const server = await startServer(moved('/orders/1'), answer(503), answer(200));
      expect((await signedFetch(server.url, init)).status).toBe(200);
      expect(server.seen).toHaveLength(3);
    }
  });
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

test('sentRequest tells how a response came about', async () => {
  const { url, credentials } = await startGateway();
  const response = await createSignedFetch({ credentials })(url + '/x', { method: 'POST', body: 'x' });
  const { attempts, signed } = sentRequest(response)!;
  expect(attempts).toBe(1);
  expect(signed.url).toBe(url + '/x');
  expect(signed.headers.Authorization).toContain(credentials.accessKeyId);
  expect(sentRequest(new Response())).toBeUndefined();
});

describe('no error shows what was signed with', () => {
  const keys = { ...ANY_KEYS, sessionToken: 'FwoGZXIvYXdzE+the/token==' };
  const SECRET_PARTS = /FwoGZXIv|wJalrXUtn|AKIDEXAMPLE|Signature=|[0-9a-f]{64}/;

  /** A fetch that names all that it has been given. */
  const tellsAll = (init: RequestInit): Error => {
    const headers = new Headers(init.headers);
    const token = headers.get('x-amz-security-token')!;
    const signature = /Signature=(\w+)/.exec(headers.get('authorization')!)![1];
    const deep = new Error(`Bearer of ${keys.secretAccessKey}, ${encodeURIComponent(keys.secretAccessKey)}`);
    const cause = new Error(`bad ${signature} ${encodeURIComponent(token)}`, { cause: deep });
    const error = new TypeError(`cannot send ${token} ${JSON.stringify([...headers])}`, { cause });
    return Object.assign(error, { code: token, init });
  };

  test.each(['GET', 'POST'])('through the fetch, a %s', async (method) => {
    const send = createSignedFetch({
      credentials: keys,
      retry: QUICK,
      fetch: (_, init) => Promise.reject(tellsAll(init!)),
    });
    const error = (await rejection(send('http://127.0.0.1/', { method }))) as RequestError;
    expect(error.code).toBe('NetworkError');
    expect((error.cause as Error).message).toMatch(/^cannot send \[hidden\]/);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(SECRET_PARTS);
    expect(JSON.stringify(error)).not.toMatch(SECRET_PARTS);
  });

  test('of earlier attempts, with other keys', async () => {
    let count = 0;
    const first = 'the-token-of-the-first-attempt';
    const send = createSignedFetch({
      credentials: () => ({ ...keys, sessionToken: count++ === 0 ? first : 'another' }),
      retry: QUICK,
      fetch: () => Promise.reject(new Error(`pool is full of ${first}`)),
    });
    const error = (await rejection(send('http://127.0.0.1/'))) as RequestError;
    expect((error.cause as Error).message).toBe('pool is full of [hidden]');
  });
});
