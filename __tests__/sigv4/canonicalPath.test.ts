import { canonicalPath, isPlainPath } from '../../src/sigv4/canonicalPath';
import { SUITE } from '../vectors/awsSuite';

test.each([
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/a/', '/a/'],
  ['/a//b', '/a/b'],
  ['//example//', '/example/'], // AWS's get-slashes-normalized
  ['/./a/../b/.', '/b'],
  ['/a/..', '/'],
  ['/../..', '/'],
  ['/my%20notes/%C3%A9', '/my%2520notes/%25C3%25A9'],
  ["/a!b'(c)*", '/a%21b%27%28c%29%2A'],
])('normalized and encoded once more: %s', (path, expected) => {
  expect(canonicalPath(path, true, true)).toBe(expected);
});

test.each([
  ['/a//b/../c', '/a//b/../c'],
  ['/my%20notes/%C3%A9', '/my%20notes/%C3%A9'],
  ['/100%', '/100%25'],
  ['/a+b+c%2Bd', '/a%20b%20c%2Bd'], // a raw + is a space, as aws4 has it too
  ['/a%2Fb', '/a/b'],
  ["/a!b'", '/a%21b%27'],
])('as S3 has it: %s', (path, expected) => {
  expect(canonicalPath(path, false, false)).toBe(expected);
});

test('a plain path is what neither changes', () => {
  const paths = ['/', '/a', '/a/b.c~d-e_f/', '/a//b', '/.', '/a/..', '/a/.b', '/a%20b', '/é', '', 'a'];
  for (const path of paths.filter(isPlainPath)) expect([path, canonicalPath(path, true, true)]).toEqual([path, path]);
  expect(paths.filter(isPlainPath)).toEqual(['/a', '/a/b.c~d-e_f/']);
});

test("the paths of AWS's suite that need it are no plain ones", () => {
  expect(SUITE.filter(({ path }) => /\/\/|\/\.|[ %]/.test(path)).map(({ path }) => isPlainPath(path))).not.toContain(
    true,
  );
});
