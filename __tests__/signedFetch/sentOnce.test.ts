/** What is not idempotent is sent again only where the server surely did not act. */
import { createSignedFetch } from '../../src/signedFetch/index';
import type { SignedFetchInit } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, closedUrl, rejection, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

const QUICK = { baseDelay: 1, attempts: 3 };
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: QUICK });
const POST = { method: 'POST', body: 'x' };

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

describe('a connection that never came to be', () => {
  /** As Node words it. */
  const failure = (code: string, details: object): Error =>
    Object.assign(new Error(`${code} ${Object.values(details).join(' ')}`), { code, syscall: 'connect', ...details });
  const refused = (address: string, port: number): Error => failure('ECONNREFUSED', { address, port });
  const unknown = (hostname: string): Error => failure('ENOTFOUND', { syscall: 'getaddrinfo', hostname });
  const several = (...errors: Error[]): Error =>
    Object.assign(new AggregateError(errors, errors.join(', ')), { code: 'ECONNREFUSED' });

  test.each<[number, string, Error, RequestInit?]>([
    [2, 'http://127.0.0.1:3000/', refused('127.0.0.1', 3000)],
    [2, 'http://127.0.0.1/', refused('127.0.0.1', 80)],
    [2, 'https://127.0.0.1/', refused('127.0.0.1', 443)],
    [2, 'http://[::1]:3000/', refused('::1', 3000)],
    [2, 'http://localhost:3000/', several(refused('::1', 3000), refused('127.0.0.1', 3000))],
    [2, 'https://api.example.com/', unknown('api.example.com')],
    [1, 'http://127.0.0.1:3000/', refused('127.0.0.1', 3001)],
    [1, 'https://127.0.0.1/', refused('127.0.0.1', 80)],
    [1, 'http://127.0.0.1:3000/', refused('127.0.0.2', 3000)],
    [1, 'http://localhost:3000/', several(refused('::1', 3000), refused('127.0.0.2', 3000))],
    [1, 'https://api.example.com/', unknown('www.example.com')],
    [1, 'https://api.example.com/', failure('ECONNREFUSED', {})],
    // Which addresses a name has, only the error knows: it may be another name's, after a redirect.
    [1, 'https://api.example.com/', refused('192.0.2.1', 443)],
    [2, 'https://api.example.com/', refused('192.0.2.1', 443), { redirect: 'manual' }],
    [2, 'https://api.example.com/', refused('192.0.2.1', 443), { redirect: 'error' }],
  ])('sent %d times: a POST to %s, %s', async (attempts, url, cause, init = {}) => {
    const send = createSignedFetch({
      credentials: ANY_KEYS,
      retry: { ...QUICK, attempts: 2 },
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
    });
    const error = await rejection(send(url, { ...POST, ...init }));
    expect(error).toMatchObject({ code: 'NetworkError', attempts });
  });

  test('by the name localhost, which Node tries at each of its addresses', async () => {
    const url = (await closedUrl()).replace('127.0.0.1', 'localhost');
    expect(await rejection(signedFetch(url, POST))).toMatchObject({ code: 'NetworkError', attempts: 3 });
  });
});

describe('throttling that a body tells of', () => {
  const count = async (method: string, status: number, body: string, headers = {}): Promise<number> => {
    const server = await startServer(answer(status, headers, body), answer(200));
    await signedFetch(server.url, { method, body: 'x' });
    return server.seen.length;
  };
  const XML = '<ErrorResponse><Error><Code>RequestThrottled</Code></Error></ErrorResponse>';
  const TYPED = '{"__type":"ThrottlingException","message":"Rate exceeded"}';

  test.each<[number, string]>([
    [500, '{"code":"ThrottlingException","message":"Rate exceeded"}'],
    [400, '{"code":"TooManyRequestsException"}'],
    [403, '{"Code":"TooManyRequestsException"}'],
    [503, XML],
    [500, TYPED],
    [502, TYPED],
    [504, TYPED],
  ])('may be what an API passes on from a call of its own: %d %s', async (status, body) => {
    expect(await count('POST', status, body)).toBe(1);
    expect(await count('PATCH', status, body)).toBe(1);
    expect(await count('PUT', status, body)).toBe(2);
  });

  test.each([400, 403, 503])("is the service's own in AWS's JSON protocol, with %d", async (status) => {
    expect(await count('POST', status, TYPED)).toBe(2);
    expect(await count('POST', status, TYPED, { 'x-amzn-errortype': 'ValidationException' })).toBe(1);
  });

  test.each([
    ['https://sts.eu-west-1.amazonaws.com/', 2],
    ['https://s3.amazonaws.com/', 2],
    ['https://abc.execute-api.eu-west-1.amazonaws.com/', 1],
    ['https://abc.lambda-url.eu-west-1.on.aws/', 1],
    ['https://abc.appsync-api.eu-west-1.amazonaws.com/', 1],
    ['https://amazonaws.com.example.com/', 1],
  ])("is the service's own wherever AWS answers itself: %s", async (url, times) => {
    const server = await startServer(answer(503, { 'content-type': 'text/xml' }, XML), answer(200));
    const passOn: typeof fetch = (_, init) => fetch(server.url, init);
    const all = { credentials: ANY_KEYS, fetch: passOn, retry: { baseDelay: 1 } };
    await createSignedFetch(all)(url, { method: 'POST', body: 'x' });
    expect(server.seen).toHaveLength(times);
  });

  test.each([400, 500])('and in the header, with %d', async (status) => {
    expect(await count('POST', status, '{}', { 'x-amzn-errortype': 'ThrottlingException' })).toBe(2);
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

describe('a fetch whose bodies are no streams of the web', () => {
  const RESPONSES: [string, (end: () => void) => object][] = [
    ['of Node', (destroy) => ({ destroy })],
    ['of nothing', () => ({})],
  ];
  test.each(RESPONSES)('a stream %s', async (_, stream) => {
    let ended = 0;
    let sent = 0;
    const body = stream(() => ended++);
    const send = createSignedFetch({
      credentials: ANY_KEYS,
      retry: QUICK,
      fetch: () => {
        const response = new Response(null, { status: ++sent < 3 ? 503 : 200 });
        return Promise.resolve(Object.defineProperty(response, 'body', { value: body }));
      },
    });
    expect((await send('http://127.0.0.1/')).status).toBe(200);
    expect(ended).toBe('destroy' in body ? 2 : 0);
  });
});
