/** What invokeApig sends, and what it refuses to. */
import { inspect } from 'node:util';
import { createApig } from '../../src/apig/index';
import type { Apig, ApigRequest } from '../../src/apig/index';
import type { LocalAws } from '../../src/local';
import { SigV4Error } from '../../src/sigv4';
import { startEcho } from '../support/echoApi';
import { password, username } from '../support/localAwsHarness';

let echo: LocalAws;
let app: Apig;
beforeAll(async () => {
  echo = await startEcho();
  app = createApig(echo.config);
  await app.login(username, password);
});
afterAll(() => echo.stop());

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
    [
      'a body on GET, whose method was forgotten',
      { path: '/', body: { a: 1 } },
      'InvalidMethod',
      '^method: .* has a body.* got "GET"$',
    ],
    [
      'a body on HEAD',
      { path: '/', method: 'head', body: 'a' },
      'InvalidMethod',
      '^method: .* has a body.* got "HEAD"$',
    ],
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
      '^responseType: expected json, text, blob, arrayBuffer, stream, events, response, got a string',
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

  test.each(['/../admin', '/a/../../prod/a', '/%2e%2e/admin', '/..'])('%s, above the API, is refused', async (path) => {
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
    const { invokeApig } = createApig({ apiGateway: echo.config.apiGateway }, { credentials });
    await expect(invokeApig({ path })).rejects.toMatchObject({ code: 'InvalidPath', option: 'path' });
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
