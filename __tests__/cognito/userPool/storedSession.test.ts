/** The tokens that a storage holds: all that a call needs, or none. */
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { memoryStorage } from '../../../src/cognito/userPool/storage';
import { storedSession } from '../../../src/cognito/userPool/storedSession';
import { userStorage } from '../../../src/cognito/userPool/userStorage';

/** A stored session, by the keys of amazon-cognito-identity-js. */
function stored(items: Record<string, string>) {
  const storage = memoryStorage();
  const prefix = 'CognitoIdentityServiceProvider.the-client';
  storage.setItem(`${prefix}.LastAuthUser`, 'user');
  for (const [name, value] of Object.entries(items)) storage.setItem(`${prefix}.user.${name}`, value);
  return storedSession(userStorage(withMemoryFallback(storage), 'the-client', 'user'), 'the-client', 'user');
}

test.each<[string, Record<string, string>, object | undefined]>([
  ['all', { idToken: 'i', accessToken: 'a', refreshToken: 'r' }, { idToken: 'i', accessToken: 'a', refreshToken: 'r' }],
  ['no refresh token', { idToken: 'i', accessToken: 'a' }, { idToken: 'i', accessToken: 'a', refreshToken: '' }],
  ['no access token', { idToken: 'i', refreshToken: 'r' }, undefined],
  ['no ID token', { accessToken: 'a', refreshToken: 'r' }, undefined],
  ['nothing', {}, undefined],
])('%s', (_, items, tokens) => {
  expect(stored(items).tokens()).toEqual(tokens);
});

test('one value, or null where there is none', () => {
  const { read } = stored({ deviceKey: 'the-device' });
  expect(read('deviceKey')).toBe('the-device');
  expect(read('refreshToken')).toBeNull();
});
