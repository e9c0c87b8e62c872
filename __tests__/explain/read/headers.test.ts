/** Headers, from any of the shapes that clients use. */
import { headerMap } from '../../../src/explain/read/headers';

it.each([
  ['a record', { 'X-A': ' 1\t 2 ', b: 3, c: true, d: null, e: undefined, f: ['x ', ' y'] }],
  [
    'pairs',
    [
      ['X-A', '1 2'],
      ['B', '3'],
      ['c', 'true'],
      ['f', 'x'],
      ['F', 'y'],
    ] as [string, string][],
  ],
])('%s', (_, source) => {
  expect(Object.fromEntries(headerMap(source))).toEqual({ 'x-a': '1 2', b: '3', c: 'true', f: 'x,y' });
});

it('Headers, and none', () => {
  expect(Object.fromEntries(headerMap(new Headers({ 'X-A': '1' })))).toEqual({ 'x-a': '1' });
  expect(headerMap(undefined).size).toBe(0);
});

it.each(['a\u00A0', '\u00A0', '\u00A0a\u00A0\u00A0b'])('other white space is part of a value: %j', (value) => {
  expect(headerMap([['a', value]]).get('a')).toBe(value);
});
