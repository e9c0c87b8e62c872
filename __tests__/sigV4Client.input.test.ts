import { inspect } from 'node:util';
import { newClient, SigV4ClientError, SigV4Error } from '../src/sigv4';
import type { ClientConfig, RequestToPresign, RequestToSign, SigV4ErrorCode } from '../src/sigv4';
import { configOf } from './sigV4Harness';

type Row = [name: string, given: unknown, code: SigV4ErrorCode, option: string, came: RegExp];

function errorOf(act: () => unknown): SigV4Error {
  try {
    act();
  } catch (error) {
    if (error instanceof SigV4Error) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Code, option, and a message that names the option, what was expected and what came. */
function expectRefusal(act: () => unknown, code: SigV4ErrorCode, option: string, came: RegExp): void {
  const error = errorOf(act);
  expect(error).toBeInstanceOf(SigV4ClientError);
  expect({ name: error.name, code: error.code, option: error.option }).toEqual({ name: 'SigV4Error', code, option });
  expect(error.message.startsWith(`${option}: expected `)).toBe(true);
  expect(error.message).toMatch(/: expected \S.*, got \S/);
  expect(error.message.replace(/.*, got /s, '')).toMatch(came);
}

const sign = (request: unknown) => newClient(configOf()).signRequest(request as RequestToSign);
const presign = (request: unknown) => newClient(configOf()).presignUrl(request as RequestToPresign);

/** Bytes that someone else has by now. */
function transferred(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

describe('newClient', () => {
  const keys = ['accessKey', 'secretKey'].flatMap((option): Row[] => [
    [`a missing ${option}`, { [option]: undefined }, 'InvalidCredentials', option, /undefined/],
    [`a null ${option}`, { [option]: null }, 'InvalidCredentials', option, /Null/i],
    [`an empty ${option}`, { [option]: '' }, 'InvalidCredentials', option, / 0 characters/],
    [`a blank ${option}`, { [option]: '   ' }, 'InvalidCredentials', option, /3 characters/],
    [`a ${option} with a line break`, { [option]: 'AKID\n' }, 'InvalidCredentials', option, /5 characters/],
    [`a number as ${option}`, { [option]: 12 }, 'InvalidCredentials', option, /number|12/i],
    [`an object as ${option}`, { [option]: {} }, 'InvalidCredentials', option, /object/i],
  ]);
  const endpoints = [
    undefined,
    null,
    '',
    'abc.execute-api.eu-west-1.amazonaws.com/dev',
    '/dev',
    'ftp://example.com',
    'https://',
    'https:///dev',
    'https://exa mple.com',
    'https://example.com:99999',
    'https://user:password@example.com',
    'https://example.com/dev?stage=1',
    'https://example.com/dev#top',
    42,
    {},
  ].map((endpoint): Row => [`endpoint ${inspect(endpoint)}`, { endpoint }, 'InvalidEndpoint', 'endpoint', /./]);

  test.each<Row>([
    ...keys,
    ...endpoints,
    ['a number as sessionToken', { sessionToken: 7 }, 'InvalidCredentials', 'sessionToken', /number|7/i],
    ['a sessionToken with CR/LF', { sessionToken: 'a\r\nb' }, 'InvalidCredentials', 'sessionToken', /4 characters/],
    ['a number as region', { region: 1 }, 'InvalidOption', 'region', /1/],
    ['a region with a space', { region: 'eu west' }, 'InvalidOption', 'region', /eu west/],
    ['an object as serviceName', { serviceName: {} }, 'InvalidOption', 'serviceName', /object|\{\}/i],
    ['a bigint as region', { region: 1n }, 'InvalidOption', 'region', /./],
    ['a bigint as endpoint', { endpoint: 1n }, 'InvalidEndpoint', 'endpoint', /./],
    ['a symbol as endpoint', { endpoint: Symbol('a') }, 'InvalidEndpoint', 'endpoint', /symbol/i],
    ['an object without prototype', { endpoint: Object.create(null) as unknown }, 'InvalidEndpoint', 'endpoint', /./],
    ['an empty object as hash', { hash: {} }, 'InvalidOption', 'hash', /Object/],
    ['null as hash', { hash: null }, 'InvalidOption', 'hash', /null/],
    ['a number as now', { now: 5 }, 'InvalidOption', 'now', /5/],
    ['CR/LF in defaultAcceptType', { defaultAcceptType: 'a\r\nb: c' }, 'InvalidHeader', 'defaultAcceptType', /7 char/],
    ['CR/LF in defaultContentType', { defaultContentType: 'a\nb' }, 'InvalidHeader', 'defaultContentType', /3 char/],
  ])('%s', (_name, changes, code, option, came) => {
    expectRefusal(() => newClient(configOf(changes as Partial<ClientConfig>)), code, option, came);
  });

  test.each([undefined, null, 'text'])('%j in place of the configuration', (config) => {
    expectRefusal(() => newClient(config as never), 'InvalidOption', 'config', /./);
  });

  test('the endpoint, which is no secret, is shown; one with a password is not', () => {
    expect(errorOf(() => newClient(configOf({ endpoint: 'ftp://h' }))).message).toContain('"ftp://h"');
    const { message } = errorOf(() => newClient(configOf({ endpoint: 'https://u:hunter2@h' })));
    expect(message).not.toContain('hunter2');
  });
});

describe('signRequest and presignUrl', () => {
  test.each<Row>([
    ['an absolute URL', { path: 'https://example.com/notes' }, 'InvalidPath', 'path', /25 characters/],
    ['another scheme', { path: 'wss://example.com' }, 'InvalidPath', 'path', /17 characters/],
    ['a number as path', { path: 5 }, 'InvalidPath', 'path', /5/],
    ['null as path', { path: null }, 'InvalidPath', 'path', /Null/i],
    ['an empty method', { method: '' }, 'InvalidMethod', 'method', /empty|""/],
    ['a method with a space', { method: 'GET /' }, 'InvalidMethod', 'method', /GET \//],
    ['a number as method', { method: 1 }, 'InvalidMethod', 'method', /1/],
    ['null as method', { method: null }, 'InvalidMethod', 'method', /null/i],
    ['a nested object', { queryParams: { a: { b: 1 } } }, 'InvalidQuery', "queryParams['a']", /Object/],
    ['a nested array', { queryParams: { a: [['b']] } }, 'InvalidQuery', "queryParams['a']", /Array/],
    ['a Date in the query', { queryParams: { a: new Date() } }, 'InvalidQuery', "queryParams['a']", /Date/],
    ['a symbol in the query', { queryParams: { a: Symbol('b') } }, 'InvalidQuery', "queryParams['a']", /symbol/i],
    ['a function in the query', { queryParams: { a: () => 1 } }, 'InvalidQuery', "queryParams['a']", /function/i],
    ['text as query', { queryParams: 'a=1' }, 'InvalidQuery', 'queryParams', /3 characters/],
    ['CR/LF in a header', { headers: { 'x-a': 'b\r\nc: d' } }, 'InvalidHeader', "headers['x-a']", /7 characters/],
    ['a control character', { headers: { 'x-a': '\u0001' } }, 'InvalidHeader', "headers['x-a']", /1 characters/],
    ['a header beyond Latin-1', { headers: { 'x-a': '€' } }, 'InvalidHeader', "headers['x-a']", /1 characters/],
    ['a space in a name', { headers: { 'x a': 'b' } }, 'InvalidHeader', "headers['x a']", /3 characters/],
    ['an empty name', { headers: { '': 'b' } }, 'InvalidHeader', "headers['']", / 0 characters/],
    ['an object as value', { headers: { 'x-a': {} } }, 'InvalidHeader', "headers['x-a']", /Object/],
    ['text as headers', { headers: 'x-a: b' }, 'InvalidHeader', 'headers', /6 characters/],
    ['an invalid Date', { date: new Date(NaN) }, 'InvalidDate', 'date', /./],
    ['NaN', { date: NaN }, 'InvalidDate', 'date', /NaN/],
    ['a date before 1970', { date: -1000 }, 'InvalidDate', 'date', /-1000/],
    ['the year 10000', { date: 253402300800000 }, 'InvalidDate', 'date', /253402300800000/],
    ['text as date', { date: '2015-08-30' }, 'InvalidDate', 'date', /10 characters/],
    ['CR/LF in payloadHash', { payloadHash: 'abc\r\nx: 1' }, 'InvalidOption', 'payloadHash', /9 characters/],
    ['an empty payloadHash', { payloadHash: '' }, 'InvalidOption', 'payloadHash', / 0 characters/],
    ['a number as payloadHash', { payloadHash: 5 }, 'InvalidOption', 'payloadHash', /5/],
  ])('%s', (_name, request, code, option, came) => {
    expectRefusal(() => sign(request), code, option, came);
    expectRefusal(() => presign(request), code, option, came);
  });

  test.each<[string, unknown, RegExp]>([
    ['a Blob', new Blob(['a']), /Blob/],
    ['a File', new File(['a'], 'a.txt'), /File/],
    ['FormData', new FormData(), /FormData/],
    ['a ReadableStream', new Blob(['a']).stream(), /ReadableStream/],
    ['a Map', new Map(), /Map/],
    ['a Set', new Set(), /Set/],
    ['a Promise', Promise.resolve('a'), /Promise/],
    ['a Node stream', { pipe: () => undefined }, /Object/],
    ['a function', () => 1, /function/i],
    ['a symbol', Symbol('a'), /symbol/i],
    ['a bigint', 1n, /bigint/i],
    ['bytes that were transferred', transferred(), /Uint8Array/],
    ['a buffer that was transferred', transferred().buffer, /ArrayBuffer/],
    ['a bigint within', { a: 1n }, /Object/],
  ])('%s as body', (_name, body, came) => {
    expectRefusal(() => sign({ method: 'POST', body }), 'InvalidBody', 'body', came);
  });

  test('a circular body keeps the cause, out of sight of for…in and JSON', () => {
    const body: Record<string, unknown> = {};
    body.self = body;
    const error = errorOf(() => sign({ method: 'POST', body }));
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(Object.keys(error)).not.toContain('cause');
  });

  test.each([0, -1, 604801, 1.5, NaN, Infinity, '300', null])('expiresIn %p', (expiresIn) => {
    expectRefusal(() => presign({ expiresIn }), 'InvalidExpiresIn', 'expiresIn', /./);
  });

  test('the clock is checked as well', () => {
    const client = newClient(configOf({ now: () => new Date(NaN) }));
    expect(errorOf(() => client.signRequest({})).code).toBe('InvalidDate');
  });
});

test('a body with a key named pipe is no stream', () => {
  const { body } = newClient(configOf({})).signRequest({ method: 'POST', body: { pipe: 'copper' } });
  expect(body).toBe('{"pipe":"copper"}');
});

test('a payload hash that would break out of its header is refused', () => {
  const request = { method: 'POST', body: 'x', payloadHash: 'abc\r\nx-evil: 1' };
  const error = errorOf(() => newClient(configOf({ signBody: true })).signRequest(request));
  expect(error).toMatchObject({ code: 'InvalidOption', option: 'payloadHash' });
});
