import { runInNewContext } from 'node:vm';
import { describeValue, isMissing, timeOf, typeTag } from '../../src/sigv4';
import { describeName, isScalar } from '../../src/sigv4/values';
import { looksSecret } from '../../src/util';
import { LOOK_SECRET } from '../support/secretTexts';

test.each<[string, unknown]>([
  ['Date', runInNewContext('new Date()')],
  ['Array', runInNewContext('[]')],
  ['Blob', new Blob([])],
  ['Null', null],
  ['Undefined', undefined],
])('typeTag is %s, whichever frame the value comes from', (tag, value) => {
  expect(typeTag(value)).toBe(tag);
});

test.each(['Blob', 'FormData'] as const)(
  'a %s that calls itself Object, as React Native’s, is known by its class',
  (name) => {
    const { [name]: own } = globalThis;
    class Other {
      readonly parts = [];
    }
    Object.assign(globalThis, { [name]: Other });
    const tag = typeTag(new Other());
    Object.assign(globalThis, { [name]: own });
    expect([tag, typeTag(new Other())]).toEqual([name, 'Object']);
  },
);

test('typeTag needs neither Blob nor FormData', () => {
  const { Blob, FormData } = globalThis;
  try {
    Reflect.deleteProperty(globalThis, 'Blob');
    Reflect.deleteProperty(globalThis, 'FormData');
    expect([typeTag({}), typeTag('a')]).toEqual(['Object', 'String']);
  } finally {
    Object.assign(globalThis, { Blob, FormData });
  }
});

test('timeOf takes Dates and numbers, and nothing that only turns into a number', () => {
  expect([new Date(5), runInNewContext('new Date(5)'), 5].map(timeOf)).toEqual([5, 5, 5]);
  const others = ['5', 5n, true, null, undefined, [5], { valueOf: () => 5 }, new Date(NaN)];
  expect(others.map(timeOf)).toEqual(others.map(() => NaN));
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
    ['region', 'eu west 1', '"eu west 1"'],
    ['endpoint', 'api.example.com/dev', '"api.example.com/dev"'],
    ['endpoint', 'abc123.execute-api.eu-west-1.amazonaws.com', '"abc123.execute-api.eu-west-1.amazonaws.com"'],
    ['method', 'x7Gh2-Kq9Lm4Np8_Rs3T', 'a string of 20 characters'],
    ['my-endpoint', 'secret', 'a string of 6 characters'],
    ['endpoint-token', 'secret', 'a string of 6 characters'],
    ['path', '/secret', 'a string of 7 characters'],
    ['expiresIn', -1, '-1'],
    ['secretKey', 8675309, 'Number'],
    ['sessionToken', 8675309, 'Number'],
    ['body', Promise.resolve('secret'), 'Promise (await it first)'],
    ['body', null, 'null'],
    ['body', undefined, 'undefined'],
    ['body', { a: 1 }, 'Object'],
    ['body', 1n, 'BigInt'],
  ])('%s: %p', (option, value, shown) => {
    expect(describeValue(value, option)).toBe(shown);
  });
});

describe.each(['endpoint', 'region', 'service', 'serviceName', 'method'])('a secret in the place of %s', (option) => {
  test.each(LOOK_SECRET)('is shown by its length only: %s', (_, secret) => {
    expect(looksSecret(secret)).toBe(true);
    expect(describeValue(secret, option)).toBe(`a string of ${secret.length} characters`);
    const around = `https//api.example.com/${secret}/notes`;
    expect(describeValue(around, option)).toBe(`a string of ${around.length} characters`);
  });
});

test.each([
  ["headers['X Note']", "headers['X Note']"],
  ["headers['X-Amz-Content-Sha256']", "headers['X-Amz-Content-Sha256']"],
  ['signSessionTokenInTheQuery', 'signSessionTokenInTheQuery'],
  ["headers['AKIAIOSFODNN7EXAMPLE']", "headers['a string of 20 characters']"],
  ['3f786850e387550fdab836ed7e6dc881de23001b', 'a string of 40 characters'],
])('the option %s is named %s', (option, name) => {
  expect(describeName(option)).toBe(name);
});
