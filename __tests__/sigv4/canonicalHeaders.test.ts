import { canonicalHeaders, foldSpace, signedHeaderNames, signedHeadersRule } from '../../src/sigv4/canonicalHeaders';

test('names in lower case, values folded, repeats joined in their order, sorted', () => {
  const headers = canonicalHeaders([
    ['X-B', ' 2 '],
    ['host', 'h'],
    ['x-a', 'a   b'],
    ['x-b', '1'],
  ]);
  expect(headers).toEqual([
    ['host', 'h'],
    ['x-a', 'a b'],
    ['x-b', '2,1'],
  ]);
  expect(signedHeaderNames(headers)).toBe('host;x-a;x-b');
});

test.each([
  [' a  b\t\tc\r\n d ', 'a b c d'],
  [' a', 'a'],
  ['a ', 'a'],
  ['', ''],
  [' \t ', ''],
  ['\u00a0a\u00a0\u00a0b', '\u00a0a\u00a0\u00a0b'],
])('foldSpace of %j', (value, folded) => {
  expect(foldSpace(value)).toBe(folded);
});

const isSigned = (name: string) => signedHeadersRule({})(name, true);

test.each([
  'user-agent',
  'cookie',
  'cookie2',
  'set-cookie',
  'sec-fetch-mode',
  'proxy-authorization',
  'x-forwarded-for',
  'te',
])('%s is never signed', (name) => {
  expect(isSigned(name)).toBe(false);
});

test.each(['accept', 'content-type', 'range', 'x-amz-date', 'te-x', 'cookie-consent', 'x-proxy-a', 'dates'])(
  '%s is signed',
  (name) => {
    expect(isSigned(name)).toBe(true);
  },
);
