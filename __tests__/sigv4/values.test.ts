import { runInNewContext } from 'node:vm';
import { describeValue, isMissing, typeTag } from '../../src/sigv4';
import { isScalar } from '../../src/sigv4/values';

test.each<[string, unknown]>([
  ['Date', runInNewContext('new Date()')],
  ['Array', runInNewContext('[]')],
  ['Blob', new Blob([])],
  ['Null', null],
  ['Undefined', undefined],
])('typeTag is %s, whichever frame the value comes from', (tag, value) => {
  expect(typeTag(value)).toBe(tag);
});

test('isMissing and isScalar', () => {
  const values = [undefined, null, '', 0, false, 1n, {}, [], () => 1, Symbol('a')];
  expect(values.map(isMissing)).toEqual([true, true, ...Array<boolean>(8).fill(false)]);
  expect(values.map(isScalar)).toEqual([false, false, true, true, true, true, ...Array<boolean>(4).fill(false)]);
});

describe('describeValue', () => {
  test.each<[string, unknown, string]>([
    ['endpoint', 'ftp://h', '"ftp://h"'],
    ['endpoint', 'https://u:p@h', 'a string of 13 characters'],
    ['endpoint', 'https://h?token=a', 'a string of 17 characters'],
    ['method', 'GET /', '"GET /"'],
    ['serviceName', 'a b', '"a b"'],
    ['service', 'a b', '"a b"'],
    ['path', '/secret', 'a string of 7 characters'],
    ['expiresIn', -1, '-1'],
    ['secretKey', 8675309, 'Number'],
    ['sessionToken', 8675309, 'Number'],
    ['body', null, 'null'],
    ['body', undefined, 'undefined'],
    ['body', { a: 1 }, 'Object'],
    ['body', 1n, 'BigInt'],
  ])('%s: %p', (option, value, shown) => {
    expect(describeValue(value, option)).toBe(shown);
  });
});
