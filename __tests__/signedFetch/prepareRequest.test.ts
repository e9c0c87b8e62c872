/** A call is checked and serialized before anyone is asked for anything. */
import { prepareRequest, readDestination } from '../../src/signedFetch/prepareRequest';
import type { CallInput } from '../../src/signedFetch/prepareRequest';

const destination = readDestination('https://api.example.com/dev/');
const prepare = (call: Partial<CallInput>) => prepareRequest(destination, { path: '/notes', ...call });

test.each<[Partial<CallInput>, string]>([
  [{ path: '/notes/1' }, 'https://api.example.com/dev/notes/1'],
  [{ path: 'notes' }, 'https://api.example.com/dev/notes'],
  [{ path: '' }, 'https://api.example.com/dev/'],
  [{ path: '?a=1' }, 'https://api.example.com/dev/?a=1'],
  [{ path: '/a b/é' }, 'https://api.example.com/dev/a%20b/%C3%A9'],
  [
    { path: '/notes?sort=price', queryParams: { sort: 'name', a: ['x y', "it's"], none: undefined } },
    'https://api.example.com/dev/notes?sort=price&sort=name&a=x%20y&a=it%27s',
  ],
])('%j goes to %s', (call, url) => {
  expect(prepare(call).url.href).toBe(url);
});

test.each<[string, Partial<CallInput>, string | null, string | undefined]>([
  ['JSON', { body: { a: 'ü' } }, 'application/json', '{"a":"ü"}'],
  ['a number', { body: 5 }, 'application/json', '5'],
  ['text', { body: 'text' }, 'application/json', 'text'],
  ['a form', { body: new URLSearchParams({ a: '1 2' }) }, 'application/x-www-form-urlencoded;charset=UTF-8', 'a=1+2'],
  ['bytes', { body: new Uint8Array([97]) }, null, 'a'],
  ['a Blob', { body: new Blob(['x'], { type: 'text/csv' }) }, 'text/csv', 'x'],
  ['a type of its own', { body: 'a,b', headers: { 'content-type': 'text/csv' } }, 'text/csv', 'a,b'],
  ['nothing', {}, null, undefined],
  ['null', { body: null }, null, undefined],
  ['nothing, with a type', { headers: { 'Content-Type': 'text/csv' } }, 'text/csv', undefined],
  ['no body of a GET', { method: 'get', body: '' }, null, undefined],
])('the body and its type: %s', async (_, call, type, text) => {
  const { headers, body } = prepare({ method: 'POST', ...call });
  const bytes = (typeof body === 'function' ? await body() : body) as Uint8Array | undefined;
  expect([headers.get('content-type'), bytes && new TextDecoder().decode(bytes)]).toEqual([type, text]);
});

test('JSON is asked for where nothing else is, and the headers of a signature are left to the signer', () => {
  const headers = { 'X-Mine': 1, authorization: 'Bearer x', 'x-amz-date': 'x', host: 'x' };
  expect(Object.fromEntries(prepare({ headers }).headers)).toEqual({ accept: 'application/json', 'x-mine': '1' });
  expect(prepare({ headers: { Accept: 'text/csv' } }).headers.get('accept')).toBe('text/csv');
});

test('what is not stated has a default', () => {
  const { method, signal, timeout, retryPolicy } = prepare({});
  expect({ method, signal, timeout }).toEqual({ method: 'GET', signal: undefined, timeout: undefined });
  expect(retryPolicy).toBe(prepare({ retry: undefined }).retryPolicy);
});

test('below the URL of a host alone', () => {
  for (const url of ['https://api.example.com', 'https://api.example.com/', 'https://api.example.com/dev//']) {
    const base = url.endsWith('//') ? '/dev' : '';
    const { url: called } = prepareRequest(readDestination(url), { path: '/notes' });
    expect(called.href).toBe(`https://api.example.com${base}/notes`);
  }
});

test('a type of answer that is asked for in place of JSON, and a signal, are passed on', () => {
  const { signal } = new AbortController();
  const prepared = prepare({ accept: 'text/csv', signal, timeout: 5 });
  expect([prepared.headers.get('accept'), prepared.signal, prepared.timeout]).toEqual(['text/csv', signal, 5]);
  expect(prepare({ accept: 'text/csv', headers: { Accept: 'text/xml' } }).headers.get('accept')).toBe('text/xml');
});

// https://fetch.spec.whatwg.org/#forbidden-method
test.each(['CONNECT', 'TRACE', 'TRACK'])('fetch sends no %s, but a method that only holds it', (method) => {
  expect(() => prepare({ method })).toThrow(expect.objectContaining({ code: 'InvalidMethod' }) as Error);
  for (const other of [`X${method}`, `${method}X`]) expect(prepare({ method: other }).method).toBe(other);
});

describe('bodies that the platform reads', () => {
  const form = (): FormData => {
    const data = new FormData();
    data.append('name', 'value');
    return data;
  };
  const typeOf = (call: Partial<CallInput>) => prepare({ method: 'POST', ...call }).headers.get('content-type');

  test('a stream whose hash is stated is not read', () => {
    const body = new Blob(['x']).stream();
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    expect(prepare({ method: 'POST', body, headers }).body).toBe(body);
    expect(prepare({ method: 'POST', body }).body).toBeInstanceOf(Function);
  });

  test('their types', () => {
    expect(typeOf({ body: new Blob(['x']) })).toBeNull();
    expect(typeOf({ body: new Blob(['x']).stream() })).toBeNull();
    expect(typeOf({ body: new File(['x'], 'a.csv', { type: 'text/csv' }) })).toBe('text/csv');
    expect(typeOf({ body: form() })).toMatch(/^multipart\/form-data; boundary=./);
  });

  test('a boundary: the form has its own, and another body needs one that is stated', () => {
    const headers = { 'Content-Type': 'multipart/form-data' };
    const stated = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect(typeOf({ body: form(), headers })).toMatch(/^multipart\/form-data; boundary=./);
    expect(typeOf({ body: form(), headers: stated })).toBe('multipart/form-data; boundary=x');
    expect(typeOf({ body: '--x--', headers: stated })).toBe('multipart/form-data; boundary=x');
    expect(typeOf({ headers })).toBe('multipart/form-data'); // nothing is sent
    expect(() => typeOf({ body: '--x--', headers })).toThrow("headers['content-type']: expected");
  });
});

const circle: Record<string, unknown> = {};
circle.self = circle;
test.each<[string, object, string, string]>([
  ['no path', { path: undefined }, 'InvalidPath', 'path'],
  ['a URL', { path: 'https://other.example.com/' }, 'InvalidPath', 'path'],
  ['a method', { method: 'GET /' }, 'InvalidMethod', 'method'],
  ['a method that fetch does not send', { method: 'trace' }, 'InvalidMethod', 'method'],
  ['a header', { headers: { 'a b': '1' } }, 'InvalidHeader', "headers['a b']"],
  ['a payload hash', { headers: { 'x-amz-content-sha256': 'not one' } }, 'InvalidOption', 'payloadHash'],
  ['a query', { queryParams: { a: {} } }, 'InvalidQuery', "queryParams['a']"],
  ['a body', { method: 'PUT', body: circle }, 'InvalidBody', 'body'],
  ['a signal', { signal: {} }, 'InvalidOption', 'signal'],
  ['a timeout', { timeout: 0 }, 'InvalidOption', 'timeout'],
  ['a retry', { retry: true }, 'InvalidOption', 'retry'],
])('%s that cannot be sent is refused', (_, call, code, option) => {
  expect(() => prepare(call)).toThrow(expect.objectContaining({ name: 'SigV4Error', code, option }) as Error);
});

test("an API's URL that has a query is refused", () => {
  expect(() => readDestination('https://api.example.com/?a=1')).toThrow('endpoint: expected');
});
