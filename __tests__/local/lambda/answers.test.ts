/** What becomes of a function's answer: by the documentation, and by what others recorded from AWS. */
import { call, seen } from '../../support/lambdaHarness';
import type { Call } from '../../support/lambdaHarness';
import type { LambdaHandlerOptions } from '../../../src/local/lambda';

const giving = (value: unknown) => () => Promise.resolve(value);
const give = (
  frontend: LambdaHandlerOptions['frontend'],
  value: unknown,
  given: Call = {},
  more: LambdaHandlerOptions = {},
) => call({ handler: giving(value), frontend, ...more }, given);

const REST_502 = { status: 502, type: 'application/json', body: '{"message": "Internal server error"}' };
const HTTP_500 = { status: 500, type: 'application/json', body: '{"message":"Internal Server Error"}' };
const URL_502 = { status: 502, type: 'application/json', body: 'Internal Server Error' };
const json = (body: string) => ({ status: 200, type: 'application/json', body });

describe('a REST API', () => {
  // https://github.com/aws/aws-lambda-dotnet, Tools/LambdaTestTool-v2, whose cases are run against AWS; https://juxt.pro/blog/http-and-lambda
  test.each([
    ['an answer', { statusCode: 201, body: '{"a":1}' }, { status: 201, type: 'application/json', body: '{"a":1}' }],
    [
      'a content type',
      { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      { status: 200, type: 'text/html', body: '<p>' },
    ],
    [
      'no content type at all',
      { statusCode: 200, headers: { 'Content-Type': null }, body: 'a' },
      { status: 200, type: null, body: 'a' },
    ],
    ['nothing but an object', {}, json('')],
    ['a status as text', { statusCode: '404', body: 'a' }, { status: 404, type: 'application/json', body: 'a' }],
    ['base64 that no binary media type is for', { statusCode: 200, isBase64Encoded: true, body: 'aGk=' }, json('aGk=')],
    ['no content', { statusCode: 204, body: 'a' }, { status: 204, type: 'application/json', body: '' }],
  ])('answers with %s', async (_, value, expected) => {
    expect(await seen(await give('rest', value))).toEqual(expected);
  });

  test.each([
    ['nothing', undefined, '{ statusCode, headers, multiValueHeaders, body, isBase64Encoded }, got null'],
    ['text', 'hello', '{ statusCode, headers, multiValueHeaders, body, isBase64Encoded }, got string'],
    ['an array', [1], '{ statusCode, headers, multiValueHeaders, body, isBase64Encoded }, got an array'],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }, 'body to be text, got object'],
    ['a status of 0', { statusCode: 0, body: 'a' }, 'statusCode from 200 to 599, got 0'],
    ['a status that is no number', { statusCode: 'ok' }, 'statusCode from 200 to 599, got string'],
    [
      'another field',
      { statusCode: 200, message: 'a' },
      '{ statusCode, headers, multiValueHeaders, body, isBase64Encoded } and nothing else, got a field "message"',
    ],
    ['headers that are no object', { statusCode: 200, headers: [] }, 'headers to be an object, got an array'],
    ['a list in headers', { statusCode: 200, headers: { a: ['b'] } }, "headers['a'] to be text, got an array"],
    [
      'no list in multiValueHeaders',
      { statusCode: 200, multiValueHeaders: { a: 'b' } },
      "multiValueHeaders['a'] to be an array, got string",
    ],
    [
      'a header that cannot be sent',
      { statusCode: 200, headers: { 'a b': 'c' } },
      'headers that can be sent, got one named "a b"',
    ],
  ])('answers %s with its 502, and says why to onError', async (_, value, reason) => {
    const outcome = await give('rest', value);
    expect(String(outcome.error)).toContain(`The function's answer cannot be read: expected ${reason}`);
    expect(outcome.response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(await seen(outcome)).toEqual(REST_502);
  });

  test('sends the headers of both kinds, and what both say once', async () => {
    const { response } = await give('rest', {
      statusCode: 200,
      headers: { 'X-Both': 'a', 'X-Other': 'd', 'X-One': 'b', 'X-Number': 1 },
      multiValueHeaders: { 'x-both': ['a', 'c'], 'x-other': ['a'], 'Set-Cookie': ['a=1', 'b=2'] },
    });
    expect(response.headers.get('x-both')).toBe('a, c');
    expect(response.headers.get('x-other')).toBe('a, d');
    expect(response.headers.get('x-one')).toBe('b');
    expect(response.headers.get('x-number')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('sends what is not for a function to say under another name', async () => {
    const headers = {
      'WWW-Authenticate': 'Basic',
      Server: 'own',
      'Content-Length': '999',
      'Transfer-Encoding': 'chunked',
    };
    const { response } = await give('rest', { statusCode: 401, headers, body: 'a' });
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'x-amzn-remapped-www-authenticate': 'Basic',
      'x-amzn-remapped-server': 'own',
      'x-amzn-remapped-content-length': '999',
    });
  });

  test.each([
    ['image/png', ['image/png'], true],
    ['image/png', ['image/*'], true],
    ['image/png;q=1, */*', ['image/*'], true],
    [undefined, ['*/*'], true],
    ['text/html, image/png', ['image/*'], false],
    ['*/*', ['image/*'], false],
  ])('a body in base64 is decoded for Accept: %s with %j: %s', async (accept, binaryMediaTypes, isDecoded) => {
    const headers: [string, string][] = accept === undefined ? [] : [['Accept', accept]];
    const value = { statusCode: 200, isBase64Encoded: true, body: 'AP+A' };
    const { response } = await give('rest', value, { headers }, { binaryMediaTypes });
    const expected = isDecoded ? Buffer.from([0, 255, 128]) : Buffer.from('AP+A');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(expected);
  });
});

describe('an HTTP API', () => {
  test.each([
    ['text', 'Hello from Lambda!', json('Hello from Lambda!')],
    ['an object', { message: 'Hello from Lambda!' }, json('{"message":"Hello from Lambda!"}')],
    [
      'an object with headers, but no status',
      { body: 'a', headers: { 'Content-Type': 'text/html' } },
      json('{"body":"a","headers":{"Content-Type":"text/html"}}'),
    ],
    ['nothing', undefined, json('null')],
    ['a time', new Date(0), json('1970-01-01T00:00:00.000Z')],
    ['an answer', { statusCode: 201, body: 'a' }, { status: 201, type: 'text/plain; charset=utf-8', body: 'a' }],
    [
      'an answer of another type',
      { statusCode: 200, headers: { 'content-type': 'application/xml' }, body: '<a/>' },
      { status: 200, type: 'application/xml', body: '<a/>' },
    ],
    [
      'base64',
      { statusCode: 200, isBase64Encoded: true, body: 'aGk=' },
      { status: 200, type: 'text/plain; charset=utf-8', body: 'hi' },
    ],
  ])('answers with %s', async (_, value, expected) => {
    expect(await seen(await give('http', value))).toEqual(expected);
  });

  test.each([
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a status of 0', { statusCode: 0, body: 'a' }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
    ['a cookie that is no text', { statusCode: 200, cookies: [1] }],
    ['what is no base64', { statusCode: 200, isBase64Encoded: true, body: '{}' }],
  ])('answers %s with its 500', async (_, value) => {
    const outcome = await give('http', value);
    expect(String(outcome.error)).toContain("The function's answer cannot be read");
    expect(await seen(outcome)).toEqual(HTTP_500);
  });

  test('sends headers under their own names, but for those that say how the body travels', async () => {
    const headers = { 'WWW-Authenticate': 'Basic', Server: 'own', 'Content-Length': '999', Connection: 'close' };
    const { response } = await give('http', { statusCode: 401, headers });
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'www-authenticate': 'Basic',
      server: 'own',
    });
  });

  test('sends cookies, and no multiValueHeaders', async () => {
    const cookies = ['a=1; Path=/', 'b=2'];
    const { response } = await give('http', { statusCode: 200, cookies, multiValueHeaders: { a: ['b'] } });
    expect(response.headers.getSetCookie()).toEqual(cookies);
    expect(response.headers.has('a')).toBe(false);
  });
});

describe('a function URL', () => {
  // https://github.com/localstack/localstack, tests/aws/services/lambda_/test_lambda.snapshot.json: recorded from AWS on 2025-11-24
  test.each([
    ['an object', { hello: 'world' }, '{"hello":"world"}'],
    ['an answer', { statusCode: 200, body: 'body123' }, 'body123'],
    ['an answer of JSON', { statusCode: 200, body: '{"hello": "world"}' }, '{"hello": "world"}'],
    ['a list', ['hello', 3, true], '["hello",3,true]'],
    ['text', 'hello', 'hello'],
    ['a number', 3, '3'],
    ['a fraction', 3.1, '3.1'],
    ['a boolean', true, 'true'],
  ])('answers with %s', async (_, value, body) => {
    expect(await seen(await give('functionUrl', value))).toEqual(json(body));
  });

  test('answers what cannot be read with its 502', async () => {
    expect(await seen(await give('functionUrl', { statusCode: 1000 }))).toEqual(URL_502);
  });

  test('sends cookies', async () => {
    const cookies = ['Cookie_1=Value1; Expires=21 Oct 2021 07:48 GMT', 'Cookie_2=Value2; Max-Age=78000'];
    const { response } = await give('functionUrl', { statusCode: 201, cookies, body: 'a' });
    expect(response.headers.getSetCookie()).toEqual(cookies);
  });
});

describe('a function that fails', () => {
  const reason = new Error('private');
  const failing: [string, NonNullable<LambdaHandlerOptions['handler']>][] = [
    [
      'throws',
      () => {
        throw reason;
      },
    ],
    ['rejects', () => Promise.reject(reason)],
    [
      'calls back with an error',
      (_event: unknown, _context: unknown, callback: (error: Error) => void) => {
        callback(reason);
      },
    ],
  ];
  const answers = [
    ['rest', REST_502],
    ['http', HTTP_500],
    ['functionUrl', URL_502],
  ] as const;

  test.each(
    failing.flatMap(([how, handler]) =>
      answers.map(([frontend, expected]) => [how, frontend, handler, expected] as const),
    ),
  )('%s: %s', async (_, frontend, handler, expected) => {
    const outcome = await call({ handler, frontend });
    expect(outcome.error).toBe(reason);
    expect(await seen(outcome)).toEqual(expected);
  });

  test.each([
    ['rest', { ...REST_502, status: 504, body: '{"message": "Endpoint request timed out"}' }],
    ['http', { ...HTTP_500, status: 503, body: '{"message":"Service Unavailable"}' }],
    ['functionUrl', URL_502],
  ] as const)('or whose time is up: %s', async (frontend, expected) => {
    const outcome = await call({ handler: () => new Promise(() => undefined), frontend, timeout: 20 });
    expect(outcome.error).toEqual(new Error('The function did not answer within 20 ms'));
    expect(await seen(outcome)).toEqual(expected);
  });

  test('gives what JSON cannot hold', async () => {
    const outcome = await give('http', { statusCode: 200, body: 1n });
    expect(outcome.error).toMatchObject({ name: 'TypeError' });
    expect(await seen(outcome)).toEqual(HTTP_500);
  });
});
