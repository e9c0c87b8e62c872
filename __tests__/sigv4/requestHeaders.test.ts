import { newClient } from '../../src/sigv4';
import { readHeaders } from '../../src/sigv4/requestHeaders';
import { headerOf, useRecorder } from '../support/sigV4Harness';
import { expectBothRefuse, expectRefusal, sign } from '../support/sigV4Refusal';
import type { Refusal } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

test('repeated names are joined', async () => {
  const headers: [string, string][] = [
    ['X-List', 'a'],
    ['x-list', 'b'],
  ];
  expect(headerOf(await call({ headers }), 'x-list')).toBe('a, b');
});

test.each(['a\r\nx-evil: 1', 'a\nb', 'a\rb', '\u0000'])('CR/LF in a header does not go through: %j', (value) => {
  expectRefusal(() => sign({ headers: { 'x-note': value } }), 'InvalidHeader', "headers['x-note']", /characters/);
});

test.each<Refusal>([
  ['CR/LF in a header', { headers: { 'x-a': 'b\r\nc: d' } }, 'InvalidHeader', "headers['x-a']", /7 characters/],
  ['a control character', { headers: { 'x-a': '\u0001' } }, 'InvalidHeader', "headers['x-a']", /1 characters/],
  ['a header beyond Latin-1', { headers: { 'x-a': '€' } }, 'InvalidHeader', "headers['x-a']", /1 characters/],
  ['a space in a name', { headers: { 'x a': 'b' } }, 'InvalidHeader', "headers['x a']", /3 characters/],
  ['an empty name', { headers: { '': 'b' } }, 'InvalidHeader', "headers['']", / 0 characters/],
  ['an object as value', { headers: { 'x-a': {} } }, 'InvalidHeader', "headers['x-a']", /Object/],
  ['text as headers', { headers: 'x-a: b' }, 'InvalidHeader', 'headers', /6 characters/],
])('%s', (...row) => {
  expectBothRefuse(row);
});

test('a record, Headers and pairs are read alike, without what the signer sets itself', () => {
  const record = { 'X-A': ' b\t', Host: 'elsewhere', AUTHORIZATION: 'mine', none: undefined };
  const expected = { names: new Map([['x-a', 'X-A']]), sent: { 'X-A': 'b' } };
  expect(readHeaders(record)).toEqual(expected);
  expect(readHeaders(Object.entries(record) as [string, string][])).toEqual(expected);
  expect(readHeaders(new Headers({ 'X-A': 'b', Host: 'elsewhere' }))).toEqual({
    names: new Map([['x-a', 'x-a']]),
    sent: { 'x-a': 'b' },
  });
});

test('a name may hold __proto__, and not be it: a header of that name would be lost', async () => {
  const headers = { x__proto__: 'a', __proto__x: 'b' };
  const wire = await call({ headers });
  expect(Object.keys(headers).map((name) => headerOf(wire, name))).toEqual(['a', 'b']);
  const alone = [['__proto__', 'a']];
  expectRefusal(() => sign({ headers: alone }), 'InvalidHeader', "headers['__proto__']", /9 characters/);
});

test.each<[string, unknown, RegExp]>([
  ['a promise, whose await was forgotten', Promise.resolve({ a: 'b' }), /^Promise \(await it first\)$/],
  ['a URL', new URL('https://x.test/?owner=me'), /^URL$/],
  ['a Date', new Date(0), /^Date$/],
  ['a regular expression', /a/, /^RegExp$/],
  ['a WeakMap', new WeakMap(), /^WeakMap$/],
])('%s has no entries, and is refused', (_, given, came) => {
  expectBothRefuse(['', { headers: given as never }, 'InvalidHeader', 'headers', came]);
  expectBothRefuse(['', { queryParams: given as never }, 'InvalidQuery', 'queryParams', came]);
});

test.each<[string, unknown, string, RegExp]>([
  ['names and values by turns', ['X-A', '1'], 'headers[0]', /3 characters/],
  ['texts of two letters, which would count as pairs', [['a', 'b'], 'ab'], 'headers[1]', /2 characters/],
  ['three values', [['a', 'b', 'c']], 'headers[0]', /Array/],
  ['a name without a value', [['a']], 'headers[0]', /Array/],
])('%s are no pairs', (_, headers, option, came) => {
  expectRefusal(() => readHeaders(headers as never), 'InvalidHeader', option, came);
});

describe('a form in parts without its boundary, which no server could read', () => {
  const headers = { 'Content-Type': 'multipart/form-data' };
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };

  it('is refused by signRequest', () => {
    const client = newClient({ credentials: keys, endpoint: 'https://api.example.com' });
    const sign = (type: string) =>
      client.signRequest({ method: 'POST', path: '/', body: 'text', headers: { 'content-type': type } });
    for (const type of [
      'multipart/form-data',
      'Multipart/Form-Data; charset=utf-8',
      'multipart/form-data; xboundary=x',
    ])
      expectRefusal(() => sign(type), 'InvalidHeader', "headers['content-type']", /characters/);
    for (const type of [
      'multipart/form-data; boundary=x',
      'multipart/form-data;charset=utf-8;Boundary=x',
      'multipart/form-data;\t boundary=x',
      'multipart/form-database',
      'text/plain; of=multipart/form-data',
    ]) {
      expect(sign(type).headers['content-type']).toBe(type);
    }
    expect(client.signRequest({ path: '/', headers }).headers['Content-Type']).toBe('multipart/form-data'); // no body
  });

  it('is left to the old client, whose bytes stay', () => {
    const client = newClient({
      accessKey: 'AKIDEXAMPLE',
      secretKey: 'x',
      endpoint: 'https://api.example.com',
      signSessionToken: false,
    });
    expect(() => client.signRequest({ method: 'POST', path: '/', body: 'text', headers })).not.toThrow();
  });
});
