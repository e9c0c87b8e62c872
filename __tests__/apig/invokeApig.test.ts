import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createApig } from '../../src/apig/index';
import type { Apig, ApigRequest, ResponseType } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { SigV4Error } from '../../src/sigv4';
import { mapStorage } from '../support/mapStorage';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const username = 'user@example.com';
const password = 'Passw0rd!';
let echo: LocalAws;
let app: Apig;

/** Answers with what it got; `/status/404` with that status, `/raw` with the body as it came. */
async function mirror(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const status = /\/status\/(\d+)$/.exec(url.pathname)?.[1];
  const body = await request.text();
  if (status === '204') return new Response(null, { status: 204 });
  if (status !== undefined) return new Response(body || `status ${status}`, { status: Number(status) });
  if (url.pathname.endsWith('/raw')) return new Response(body);
  const { method, headers } = request;
  return Response.json({
    method,
    path: url.pathname,
    query: [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
    type: headers.get('content-type'),
    accept: headers.get('accept'),
    custom: headers.get('x-custom'),
    body,
  });
}

const tokenClaims = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

beforeAll(async () => {
  const claims = { email: username, email_verified: 'false', preferred_username: 'plain' };
  const users = [
    { username, password },
    { username: 'plain', password },
    { username: 'claimant', password, attributes: claims },
    { username: 'newcomer', password, attributes: { email: 'new@example.com', email_verified: 'false' } },
  ];
  echo = await startLocalAws({ userPool: { users }, apiGateway: { handler: mirror } });
  app = createApig(echo.config);
  await app.login(username, password);
});
afterAll(() => echo.stop());

describe('login: { username, password }', () => {
  const sub = async (apig: Apig) => tokenClaims(await apig.getUserToken()).sub;

  test('an address that someone else claims, unverified, is not theirs', async () => {
    const apig = createApig(echo.config);
    await apig.login(username, password);
    const owner = await sub(apig);
    await apig.login('claimant', password);
    expect(tokenClaims(await apig.getUserToken())).toMatchObject({ email: username, email_verified: false });
    await apig.invokeApig({ path: '/', login: { username, password } });
    expect(await sub(apig)).toBe(owner);
  });

  test('a display name that someone else has chosen is not theirs', async () => {
    const apig = createApig(echo.config);
    await apig.login('claimant', password);
    const claimant = await sub(apig);
    expect(tokenClaims(await apig.getUserToken())).toMatchObject({ preferred_username: 'plain' });
    await apig.invokeApig({ path: '/', login: { username: 'plain', password } });
    expect(await sub(apig)).not.toBe(claimant);
  });

  test('whoever logged in by this name is not logged in again', async () => {
    const apig = createApig(echo.config);
    const login = { username: 'new@example.com', password };
    await apig.invokeApig({ path: '/', login });
    const user = apig.getCurrentUser();
    await apig.invokeApig({ path: '/', login });
    expect(apig.getCurrentUser()).toBe(user);
  });

  test.each([
    ['the pool’s own name: not again', 'plain', true],
    ['an address, which may be another user’s by now: anew', username, false],
  ])('after a restart, by %s', async (_, name, isKept) => {
    const storage = mapStorage();
    await createApig(echo.config, { storage }).login(name, password);
    const stored = [...storage.items];
    const apig = createApig(echo.config, { storage });
    await apig.invokeApig({ path: '/', login: { username: name, password } });
    const now = [...storage.items];
    if (isKept) expect(now).toEqual(stored);
    else expect(now).not.toEqual(stored);
    await apig.invokeApig({ path: '/', login: { username: name, password } });
    expect([...storage.items]).toEqual(now); // once for all calls that follow
  });

  test('logs in first, once for all who come together, and not again', async () => {
    const apig = createApig(echo.config);
    const login = { username, password };
    const before = echo.apiGateway.requests.length;
    await Promise.all(Array.from({ length: 5 }, () => apig.invokeApig({ path: '/', login })));
    const user = apig.getCurrentUser();
    await apig.invokeApig({ path: '/', login });
    expect(apig.getCurrentUser()).toBe(user);
    expect(echo.apiGateway.requests).toHaveLength(before + 6);
  });

  test('a wrong password', async () => {
    const call = createApig(echo.config).invokeApig({ path: '/', login: { username, password: 'Wrong-pass-7' } });
    await expect(call).rejects.toMatchObject({ code: 'WrongPassword' });
  });
});

describe('what is sent', () => {
  const withBody = (body: unknown) => ({ path: '/', method: 'POST', body });
  const circle: { self?: unknown } = {};
  circle.self = circle;

  test.each<[string, ApigRequest, object]>([
    ['GET by default', { path: '/a' }, { method: 'GET', path: '/a', body: '', accept: 'application/json' }],
    ['a path without a slash', { path: 'a' }, { path: '/a' }],
    ['a path with special characters', { path: "/a b/é@(x)'*" }, { path: "/a%20b/%C3%A9@(x)'*" }],
    [
      'a query',
      { path: '/', queryParams: { a: 1, b: ['ü&=', 'x y'], c: undefined, d: null, e: true, f: '' } },
      {
        query: [
          ['a', '1'],
          ['b', 'ü&='],
          ['b', 'x y'],
          ['e', 'true'],
          ['f', ''],
        ],
      },
    ],
    [
      'a query in the path as well',
      { path: '/?z=9&y=%20', queryParams: { a: 1 } },
      {
        query: [
          ['a', '1'],
          ['y', ' '],
          ['z', '9'],
        ],
      },
    ],
    ['JSON', { path: '/', method: 'POST', body: { a: [1, 'é'] } }, { body: '{"a":[1,"é"]}', type: 'application/json' }],
    ['JSON that is false', { path: '/', method: 'POST', body: false }, { body: 'false' }],
    [
      'text as it is',
      { path: '/', method: 'POST', body: 'plain', headers: { 'Content-Type': 'text/plain' } },
      { body: 'plain', type: 'text/plain' },
    ],
    [
      'a form',
      { path: '/', method: 'POST', body: new URLSearchParams({ a: 'b c' }) },
      { body: 'a=b+c', type: 'application/x-www-form-urlencoded;charset=UTF-8' },
    ],
    [
      'a Blob',
      { path: '/', method: 'PUT', body: new Blob(['a,b'], { type: 'text/csv' }) },
      { body: 'a,b', type: 'text/csv' },
    ],
    ['a stream', { path: '/', method: 'POST', body: new Blob(['abc']).stream() }, { body: 'abc', type: null }],
    ['bytes', { path: '/', method: 'POST', body: new Uint8Array([97, 98]) }, { body: 'ab', type: null }],
    [
      'a type of the caller’s own, whatever its case',
      {
        path: '/',
        method: 'POST',
        body: new Blob(['{}'], { type: 'text/csv' }),
        headers: { 'content-TYPE': 'text/x' },
      },
      { body: '{}', type: 'text/x' },
    ],
    ['no body', { path: '/', method: 'POST' }, { method: 'POST', body: '', type: null }],
    ['no body on GET', { path: '/', body: null }, { method: 'GET', body: '' }],
    ['a header', { path: '/', headers: { 'X-Custom': 'yes' } }, { custom: 'yes' }],
    [
      'half a surrogate pair, as fetch sends it',
      { path: '/', queryParams: { 'a\ud800': '\udc00b', c: '😀' } },
      {
        query: [
          ['a\ufffd', '\ufffdb'],
          ['c', '😀'],
        ],
      },
    ],
    ['a method in lower case', { path: '/', method: 'patch', body: {} }, { method: 'PATCH' }],
  ])('%s', async (_name, request, expected) => {
    expect(await app.invokeApig(request)).toMatchObject(expected);
  });

  const mistakes: [name: string, request: unknown, code: string, message: string][] = [
    ['no path', {}, 'InvalidPath', '^path: expected a path below'],
    ['a path that is no text', { path: null }, 'InvalidPath', '^path: expected'],
    ['an absolute URL', { path: 'https://example.com/' }, 'InvalidPath', '^path: expected a path'],
    ['an object in the query', { path: '/', queryParams: { a: { b: 1 } } }, 'InvalidQuery', "^queryParams\\['a'\\]"],
    ['a query that is text', { path: '/', queryParams: 'a=1' }, 'InvalidQuery', '^queryParams: expected an object'],
    ['headers that are text', { path: '/', headers: 'a: 1' }, 'InvalidHeader', '^headers: expected an object'],
    ['a name that no header has', { path: '/', headers: { 'a b': '1' } }, 'InvalidHeader', "^headers\\['a b'\\]"],
    ['two lines in a header', { path: '/', headers: { a: 'secret\nb' } }, 'InvalidHeader', "^headers\\['a'\\]"],
    ['a header beyond Latin-1', { path: '/', headers: { a: 'secret\u0151' } }, 'InvalidHeader', "^headers\\['a'\\]"],
    ['a symbol in a header', { path: '/', headers: { a: Symbol('secret') } }, 'InvalidHeader', "^headers\\['a'\\]"],
    ['a method of two words', { path: '/', method: 'A B' }, 'InvalidMethod', '^method: expected .* got "A B"'],
    ['a method that fetch does not send', { path: '/', method: 'trace' }, 'InvalidMethod', '^method: .* got "TRACE"'],
    ['a method that is no text', { path: '/', method: 1 }, 'InvalidMethod', '^method: expected an HTTP method, got 1'],
    ['a circle', withBody(circle), 'InvalidBody', '^body: expected'],
    ['a BigInt in the body', withBody({ a: 1n }), 'InvalidBody', '^body: expected'],
    ['a BigInt', withBody(1n), 'InvalidBody', '^body: expected'],
    ['a function', withBody(() => 1), 'InvalidBody', '^body: expected'],
    ['a symbol', withBody(Symbol('secret')), 'InvalidBody', '^body: expected'],
    ['a Map', withBody(new Map([['a', 1]])), 'InvalidBody', '^body: expected'],
    ['a Set', withBody(new Set(['a'])), 'InvalidBody', '^body: expected'],
    ['a Promise', withBody(Promise.resolve({})), 'InvalidBody', '^body: expected'],
    ['a timeout that is none', { path: '/', timeout: -1 }, 'InvalidOption', '^timeout: expected milliseconds'],
    ['a retry that is none', { path: '/', retry: -1 }, 'InvalidOption', '^retry: expected'],
    ['retry: true', { path: '/', retry: true }, 'InvalidOption', '^retry: expected false, .* got Boolean$'],
    [
      'additionalParams',
      { path: '/', additionalParams: {} },
      'InvalidOption',
      '^additionalParams: .* such as queryParams',
    ],
    [
      'querParams',
      { path: '/', querParams: {} },
      'InvalidOption',
      '^querParams: expected a known option, such as queryParams',
    ],
    [
      'header',
      { path: '/', header: { a: 'secret' } },
      'InvalidOption',
      '^header: expected a known option, such as headers',
    ],
    [
      'a responseType that is none',
      { path: '/', responseType: 'xml' },
      'InvalidOption',
      '^responseType: expected json, text, blob, arrayBuffer, response, got a string',
    ],
  ];
  test.each(mistakes)('%s is refused, before anyone is asked for anything', async (_name, request, code, message) => {
    let asked = 0;
    const count = (): never => {
      asked++;
      throw new Error('asked');
    };
    const { apiGateway, cognito } = echo.config;
    const storage = { getItem: () => null, setItem: count, removeItem: count };
    const apig = createApig({ apiGateway, cognito }, { credentials: count, fetch: count, storage });
    const call = { ...(request as ApigRequest), login: { username, password } };
    const error: unknown = await apig.invokeApig(call).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SigV4Error);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(inspect(error)).not.toContain('secret');
    expect(asked).toBe(0);
  });

  test.each(['//elsewhere.example.com/a', '/\\elsewhere.example.com/a', '@elsewhere.example.com/a', '/a#b?c=d'])(
    'the path %s leads nowhere else',
    async (path) => {
      const sent: URL[] = [];
      const config = { apiGateway: { REGION: 'us-east-1', URL: 'https://api.example.com/dev' } };
      const apig = createApig(config, {
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' },
        fetch: (url) => {
          sent.push(new URL(url as string));
          return Promise.resolve(new Response());
        },
      });
      await apig.invokeApig({ path });
      expect(sent[0]!.origin).toBe('https://api.example.com');
      expect(sent[0]!.pathname).toMatch(/^\/dev\//);
      expect(sent[0]!.hash).toBe('');
    },
  );

  test('FormData, with its boundary', async () => {
    const body = new FormData();
    body.append('name', 'Zoë');
    const got = await app.invokeApig<{ body: string; type: string }>({ path: '/', method: 'POST', body });
    expect(got.type).toMatch(/^multipart\/form-data; boundary=/);
    const received = await new Response(got.body, { headers: { 'content-type': got.type } }).formData();
    expect(received.get('name')).toBe('Zoë');
  });

  test('bytes and fields as they were when the call was made', async () => {
    const [bytes, headers] = [new Uint8Array([97, 98]), { 'x-custom': 'before' }];
    const call = app.invokeApig({ path: '/', method: 'POST', body: bytes, headers });
    bytes.fill(120);
    headers['x-custom'] = 'after';
    expect(await call).toMatchObject({ body: 'ab', custom: 'before' });
  });

  test('what the app passed is not changed', async () => {
    const request = {
      path: '/',
      method: 'POST',
      headers: { 'x-custom': 'a' },
      queryParams: { a: [1] },
      body: { b: 1 },
    };
    const copy = structuredClone(request);
    await app.invokeApig(request);
    expect(request).toEqual(copy);
  });
});

describe('what comes back', () => {
  test.each([200, 201, 202])('%i is success', async (status) => {
    expect(await app.invokeApig({ path: `/status/${status}`, method: 'POST', body: { ok: true } })).toEqual({
      ok: true,
    });
  });

  test('an empty body is undefined', async () => {
    expect(await app.invokeApig({ path: '/status/204' })).toBeUndefined();
    expect(await app.invokeApig({ path: '/raw', method: 'POST' })).toBeUndefined();
  });

  test.each([400, 404, 409, 422])('%i is an ApigError with the response’s text', async (status) => {
    await expect(
      app.invokeApig({ path: `/status/${status}`, method: 'POST', body: { why: 'no' } }),
    ).rejects.toMatchObject({
      name: 'ApigError',
      code: 'HttpError',
      message: '{"why":"no"}',
      status,
      body: { why: 'no' },
      method: 'POST',
      url: `${echo.config.apiGateway.URL}/status/${status}`,
    });
  });

  test('the gateway’s own refusal carries its request id', async () => {
    const apig = createApig(echo.config, {
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x'.repeat(40) },
    });
    await expect(apig.invokeApig({ path: '/' })).rejects.toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('security token') as string },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  test('something other than JSON', async () => {
    const call = app.invokeApig({ path: '/raw', method: 'POST', body: '<p>' });
    await expect(call).rejects.toMatchObject({
      name: 'RequestError',
      code: 'InvalidResponse',
      message: expect.stringContaining("responseType: 'text'") as string,
    });
  });

  test.each<[ResponseType, (value: unknown) => unknown]>([
    ['text', (value) => value],
    ['blob', (value) => (value as Blob).text()],
    ['arrayBuffer', (value) => new TextDecoder().decode(value as ArrayBuffer)],
    ['response', (value) => (value as Response).text()],
  ])('responseType %s', async (responseType, read) => {
    const value = await app.invokeApig({ path: '/raw', method: 'POST', body: 'as it is', responseType });
    expect(await read(value)).toBe('as it is');
  });
});

describe('no answer', () => {
  test('an API that cannot be reached', async () => {
    const apiGateway = { REGION: 'us-east-1', URL: 'http://127.0.0.1:9/dev' };
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
    const call = createApig({ apiGateway }, { credentials }).invokeApig({ path: '/', retry: false });
    await expect(call).rejects.toMatchObject({ name: 'RequestError', code: 'NetworkError' });
  });

  test('an API that takes too long, and one that the app gives up on', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
    const apig = createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials });
    await expect(apig.invokeApig({ path: '/', timeout: 50 })).rejects.toMatchObject({ code: 'Timeout' });
    const controller = new AbortController();
    const call = apig.invokeApig({ path: '/', signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
