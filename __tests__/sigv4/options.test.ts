import { checkKnown, checkSpelling, knownOption, nearestName, unknownOption } from '../../src/sigv4';
import { checkKeyId, checkSecret, checkText, readScopePart } from '../../src/sigv4/options';
import { errorOf } from '../support/sigV4Refusal';

describe('nearestName', () => {
  test.each([
    ['guest', ['region', 'guests', 'timeout'], 'guests'],
    ['serviceName', ['region', 'service', 'credentials'], 'service'],
    ['timeoutMs', ['retries', 'timeout', 'time'], 'timeout'],
    ['TIMEOUT', ['a', 'timeout'], 'timeout'],
    ['url', ['REGION', 'URL'], 'URL'],
    ['data', ['date', 'body'], 'body'], // as other libraries call it
    ['params', ['path', 'queryParams'], 'queryParams'],
    ['query', ['path', 'queryParams'], 'queryParams'],
    ['url', ['path', 'queryParams'], 'path'],
    ['accessKey', ['region', 'credentials'], 'credentials'],
    ['url', ['path', 'URL'], 'URL'], // the same word before the other libraries' one
    ['abcdefghij', ['abczzzzzzj'], 'abczzzzzzj'], // 3 pairs of 20 letters are just enough
    ['abcdefghijk', ['abczzzzzzk'], undefined],
    ['abcd', ['abcx', 'abcy'], 'abcx'], // the first of two that are just as near
    ['toString', ['path', 'body'], undefined],
    ['zzz', ['path', 'body'], undefined],
    ['', ['first', 'second'], undefined],
  ])('of %j in %j', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });
});

test('knownOption names the nearest at its place, or all where none is near', () => {
  expect(knownOption('atempts', ['attempts', 'methods'], 'retry.')).toBe('a known option, such as retry.attempts');
  expect(knownOption('atempts', ['attempts', 'methods'])).toBe('a known option, such as attempts');
  expect(knownOption('zzz', ['attempts', 'methods'])).toBe('a known option, one of attempts, methods');
});

test('unknownOption gives the first that is not known and not undefined', () => {
  expect(unknownOption({ a: 1, b: undefined, c: null, d: 2 }, ['a'])).toBe('c');
  expect(unknownOption({ a: 1, b: undefined }, ['a'])).toBeUndefined();
});

test('checkKnown refuses it in words', () => {
  const { code, option, message } = errorOf(() => {
    checkKnown({ guest: true }, ['guests']);
  });
  expect({ code, option }).toEqual({ code: 'InvalidOption', option: 'guest' });
  expect(message).toBe('guest: expected a known option, such as guests, got Boolean');
  const inRetry = errorOf(() => {
    checkKnown({ atempts: 2 }, ['attempts'], undefined, 'retry');
  });
  expect(inRetry.message).toBe('retry.atempts: expected a known option, such as retry.attempts, got 2');
  expect(() => {
    checkKnown({ guests: true, guest: undefined }, ['guests']);
  }).not.toThrow();
});

test('checkSpelling tells a known name with a typing error', () => {
  const check = (given: object) => {
    checkSpelling(given, ['method', 'headers']);
  };
  expect(
    errorOf(() => {
      check({ headers: {}, metod: 'PUT' });
    }),
  ).toMatchObject({
    code: 'InvalidOption',
    option: 'metod',
    message: 'metod: expected it under the name method, got a string of 3 characters',
  });
  const [given, known] = ['z', 'y'].map((letter) => 'abcdefghijklmnopqr' + letter.repeat(7)) as [string, string];
  const act = () => {
    checkSpelling({ [given]: 1 }, [known]); // 17 pairs of 50 letters are just enough
  };
  expect(errorOf(act).option).toBe(given);
});

test.each<[string, object, string[]]>([
  ['a name that is known', { method: 'PUT' }, ['method', 'methods']],
  ['a name that is like none', { priority: 'high' }, ['method', 'headers']],
  ['a name beside the one that it is like', { metod: 'PUT', method: 'PUT' }, ['method']],
  ['no value', { metod: undefined }, ['method']],
  ['a third of the letter pairs, which may be another word', { abcdefghi: 1 }, ['abcdefzzi']],
])('checkSpelling allows %s', (_, given, known) => {
  expect(() => {
    checkSpelling(given, known);
  }).not.toThrow();
});

test('checkText wants text that is not empty, without what is illegal', () => {
  const check = (value: unknown) => checkText(value, /[^a-z]/, 'InvalidPath', 'path', 'letters');
  expect(check('abc')).toBe('abc');
  for (const value of ['', 'a b', 5, null]) expect(errorOf(() => check(value)).code).toBe('InvalidPath');
});

test('only the whole words undefined and null are no key', () => {
  for (const check of [checkSecret, checkKeyId]) {
    for (const key of ['undefined', 'null']) expect(errorOf(() => check(key, 'a')).option).toBe('a');
    for (const key of ['AKIDnull', 'nullAKID', 'AKIDundefined', 'undefinedAKID']) expect(check(key, 'a')).toBe(key);
  }
  const id = 'AKIAIOSFODNN7EXAMPLE';
  expect(errorOf(() => checkSecret(id, 'a')).code).toBe('InvalidCredentials');
  for (const secret of [`x${id}`, `${id}x`, id.toLowerCase(), id.replace('AKIA', 'ABIA')]) {
    expect(checkSecret(secret, 'a')).toBe(secret);
  }
});

test('readScopePart gives a word, or undefined where it is missing or empty', () => {
  expect([{ a: 'b' }, { a: '' }, { a: null }, {}].map((options) => readScopePart(options, 'a'))).toEqual([
    'b',
    undefined,
    undefined,
    undefined,
  ]);
  expect(errorOf(() => readScopePart({ a: 'b c' }, 'a')).option).toBe('a');
  for (const name of ['null-service', 'undefined1', 'a-null', 'US', 'my-App-Name', 'a'.repeat(64)]) {
    expect(readScopePart({ a: name }, 'a')).toBe(name);
  }
  for (const name of ['null', 'undefined', 'EU-WEST-1', 'EUSC-DE-EAST-1', 'a'.repeat(65), 'a/b']) {
    expect(errorOf(() => readScopePart({ a: name }, 'a')).code).toBe('InvalidOption');
  }
});
