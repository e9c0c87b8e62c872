import axios from 'axios';
import { useRecorder, readQuery } from '../support/sigV4Harness';
import type { Wire } from '../support/sigV4Harness';
import { expectBothRefuse } from '../support/sigV4Refusal';
import type { Refusal } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

const pathOf = ({ target }: Wire) => target.replace(/\?.*/, '');

describe('the query', () => {
  test('RFC 3986 both sides', async () => {
    const queryParams = { "k!'()* é&=+": "v!'()* é&=+/?#%", plain: '-._~' };
    const { target } = await call({ path: '/search', queryParams });
    expect(target).toMatch(/^\/dev\/search\?[\w.~%&=-]+$/);
    expect(Object.fromEntries(readQuery(target))).toEqual(queryParams);
  });

  test('in the order in which it was given', async () => {
    const { target } = await call({ path: '/notes?sort=price&sort=name', queryParams: { b: 1, a: [2, 1], é: '' } });
    expect(target).toBe('/dev/notes?sort=price&sort=name&b=1&a=2&a=1&%C3%A9=');
  });

  test('sorted by encoded bytes, with the old bytes', async () => {
    const queryParams = { 'a-b': '', ab: '', 'a=': '', é: '', B: '', 'a b': '', '～': '', '💡': '' };
    const names = (await call({ queryParams }, { signSessionToken: false })).target.replace(/.*\?/, '').split('&');
    expect(names).toEqual(['%C3%A9=', '%EF%BD%9E=', '%F0%9F%92%A1=', 'B=', 'a%20b=', 'a%3D=', 'a-b=', 'ab=']);
  });

  test('arrays repeat the key', async () => {
    const { target } = await call({ queryParams: { tag: ['b', 'a', 10, true], none: [] } });
    expect(target).toBe('/dev?tag=b&tag=a&tag=10&tag=true');
  });

  test('undefined and null left out', async () => {
    const queryParams = { a: undefined, b: null, c: ['', undefined, null], d: 0, e: false, f: 7n };
    expect((await call({ queryParams })).target).toBe('/dev?c=&d=0&e=false&f=7');
  });

  test('NaN and Infinity are text, as for URLSearchParams and axios', async () => {
    const params = { a: NaN, b: Infinity, c: -Infinity, d: -0 };
    const query = readQuery((await call({ queryParams: params })).target);
    expect(query).toEqual([...new URLSearchParams(params as unknown as Record<string, string>)]);
    expect(query).toEqual(readQuery(axios.getUri({ url: '/dev', params })));
  });

  test('a parameter without a name is left out', async () => {
    expect((await call({ path: '/notes?=b&a=1&&=', queryParams: { '': 'c' } })).target).toBe('/dev/notes?a=1');
  });

  test.each<Refusal>([
    ['a nested object', { queryParams: { a: { b: 1 } } }, 'InvalidQuery', "queryParams['a']", /Object/],
    ['a nested array', { queryParams: { a: [['b']] } }, 'InvalidQuery', "queryParams['a']", /Array/],
    ['a Date in the query', { queryParams: { a: new Date() } }, 'InvalidQuery', "queryParams['a']", /Date/],
    ['a symbol in the query', { queryParams: { a: Symbol('b') } }, 'InvalidQuery', "queryParams['a']", /symbol/i],
    ['a function in the query', { queryParams: { a: () => 1 } }, 'InvalidQuery', "queryParams['a']", /function/i],
    ['text as query', { queryParams: 'a=1' }, 'InvalidQuery', 'queryParams', /3 characters/],
    [
      'a list in a list, further down',
      { queryParams: { list: [['nested']] } },
      'InvalidQuery',
      "queryParams['list']",
      /Array/,
    ],
  ])('%s is refused', (...row) => {
    expectBothRefuse(row);
  });
});

describe('the path', () => {
  test.each([
    ['/@user:1(a)*', '/dev/@user:1(a)*'],
    ['/my notes/é', '/dev/my%20notes/%C3%A9'],
    ['/💡/100%', '/dev/%F0%9F%92%A1/100%'],
    ['/already%20encoded%2Fslash', '/dev/already%20encoded%2Fslash'],
    ["/a'b!c;d,e=f&g+h$i", "/dev/a'b!c;d,e=f&g+h$i"],
    ['/#hash', '/dev/%23hash'],
    ['/end ', '/dev/end%20'],
    ['/line\nbreak', '/dev/line%0Abreak'],
    ['/a/./b/../c', '/dev/a/c'],
    ['/a//b', '/dev/a//b'],
  ])('%s', async (path, onTheWire) => {
    expect(pathOf(await call({ path }))).toBe(onTheWire);
  });

  test.each<Refusal>([
    ['an absolute URL', { path: 'https://example.com/notes' }, 'InvalidPath', 'path', /25 characters/],
    ['another scheme', { path: 'wss://example.com' }, 'InvalidPath', 'path', /17 characters/],
    ['a number as path', { path: 5 }, 'InvalidPath', 'path', /5/],
    ['null as path', { path: null }, 'InvalidPath', 'path', /Null/i],
    ...[
      '/..',
      '/../x',
      '..',
      '../prod/x',
      '/..//../x',
      '/a/../../prod',
      '/%2e%2E/x',
      '/.%2e',
      '/a\\..\\..\\prod',
      '/../dev2',
      '/../../dev/../x',
    ].map((path): Refusal => [`${path}, above the endpoint's path,`, { path }, 'InvalidPath', 'path', /characters/]),
  ])('%s is refused', (...row) => {
    expectBothRefuse(row);
  });
});

test('a path may bring a query', async () => {
  const { target } = await call({ path: '/notes?b=2&a=x%20y+z&b=1', queryParams: { c: 3, b: 0 } });
  expect(target).toBe('/dev/notes?b=2&a=x%20y%20z&b=1&c=3&b=0');
});

test.each([
  ['/dev/', '/notes', '/dev/notes'],
  ['/dev', 'notes', '/dev/notes'],
  ['/dev/', 'notes/', '/dev/notes/'],
  ['', 'notes', '/notes'],
  ['/', '/notes', '/notes'],
  ['/', '', '/'],
  ['', '?a=1', '/'],
  ['/dev', '', '/dev'],
  ['/dev', '/a/../../dev/b', '/dev/b'],
  ['/dev', '/a/..', '/dev/'],
  ['/v1/../dev', '/a/../b', '/dev/b'],
  ['', '/../a', '/a'],
  ['/', '/../../a', '/a'],
])('an endpoint and a path become one path: %s and %s', async (base, path, expected) => {
  expect(pathOf(await call({ path }, { endpoint: recorder.url() + base }))).toBe(expected);
});
