/** Each attempt is signed afresh; what is not idempotent is not sent again once the server has acted. */
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
