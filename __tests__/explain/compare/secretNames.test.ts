/** Which names and values of a query may be shown, each word and beginning that must not be. */
import { areShownValues, isShownName } from '../../../src/explain/compare/secretParameters';

const isShown = (name: string, value = '1'): boolean => areShownValues(name, [value]);

it.each([
  ...['userPasswd', 'userpass', 'passphrase', 'mySignatureIs', 'credentialId', 'sessid', 'idToken', 'clientSecretId'],
  ...['xsrf', 'csrf', 'xsrfId', 'csrfId', 'apiKeyId', 'api-key-id', 'api_key_id', 'apikeyid', 'authId', 'X-Amz-Date'],
  ...['code_id', 'id_code', 'key_id', 'pass_id', 'pin_id', 'pins', 'userPinValue', 'step2Pin', 'sid', 'sig', 'mfa'],
  ...['cvv', 'cvc', 'cvv2', 'code', 'codes', 'keys', 'key2'],
])('a value is not shown under the name %s', (name) => {
  expect(isShown(name)).toBe(false);
});

it.each([
  ...['author', 'authors', 'spin', 'spins', 'design', 'pinned', 'sides', 'codec', 'not-x-amz-date'],
  ...['keyboard', 'passage', 'q', 'limit', 'size2Max'],
])('a value is shown under the name %s', (name) => {
  expect(isShown(name)).toBe(true);
});

it.each([
  ...[
    'eyJa',
    'x-eyJa',
    'AKIAABCD',
    'ASIA1234',
    'x AKIA1234',
    'AWS4-HMAC',
    'Bearer a',
    'bearer a',
    'Basic a',
    'basic a',
  ],
  ...['Digest a', 'digest a', '%42earer a'],
])('the value %s is not shown, nor a name like it', (value) => {
  expect(isShown('q', value)).toBe(false);
  expect(isShownName(decodeURIComponent(value))).toBe(false);
});

it.each(['greyJa', 'HeyJa', 'XAKIA1234', 'AKIA123', 'AKIA-1234', 'AWS4', 'a Bearer b', 'Bearers', 'Nigest a'])(
  'the value %s is shown',
  (value) => {
    expect(isShown('q', value)).toBe(true);
  },
);

it.each(['a=b', 'a&b', 'x'.repeat(41)])('neither name nor value of %s is shown', (name) => {
  expect([isShownName(name), isShown(name)]).toEqual([false, false]);
});

it('of several values, all have to be such that may be shown', () => {
  expect(areShownValues('q', ['a', 'eyJa'])).toBe(false);
  expect(areShownValues('q', ['x'.repeat(20), 'x'.repeat(21)])).toBe(false);
  expect(areShownValues('q', ['x'.repeat(20), 'a'])).toBe(true);
});
