import { equalInConstantTime } from '../../src/util';

test.each<[string | Uint8Array, string | Uint8Array, boolean]>([
  ['', '', true],
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['bbc', 'abc', false],
  ['ab', 'abc', false],
  ['abc', 'ab', false],
  ['é', '\xe9', true],
  ['é', 'e', false],
  [Buffer.from('abc'), Uint8Array.of(97, 98, 99), true],
  [Buffer.from('abc'), 'abc', true],
  [Uint8Array.of(1, 2), Uint8Array.of(2, 1), false],
])('%p and %p: %p', (given, expected, areEqual) => {
  expect(equalInConstantTime(given, expected)).toBe(areEqual);
});
