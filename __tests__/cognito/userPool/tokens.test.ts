/** What is read from tokens, and how they are stored: as amazon-cognito-identity-js stores them. */
import {
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserPool,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import {
  areFresh,
  loginOf,
  readTokens,
  storeDevice,
  storeTokens,
  subjectOf,
  usernameOf,
} from '../../../src/cognito/userPool/tokens';
import { userStorage } from '../../../src/cognito/userPool/userStorage';
import { fakeDate } from '../../support/clocks';
import { mapStorage } from '../../support/mapStorage';
import { memoryStorage } from '../../support/userPoolHarness';

const jwt = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('storeTokens', () => {
  afterEach(() => jest.useRealTimers());

  const issued = 1_730_800_000;
  test.each([
    ['at the same time', issued, issued],
    ['the ID token first', issued, issued + 5],
    ['the access token first', issued + 5, issued],
  ])('leaves the items that the library leaves, with the drift of the clock: issued %s', (_, idIat, accessIat) => {
    fakeDate((issued + 37) * 1000 + 999);
    const [idToken, accessToken] = [jwt({ sub: 's', iat: idIat }), jwt({ sub: 's', iat: accessIat })];

    const theirs = mapStorage();
    const Storage = Object.assign(memoryStorage(), theirs);
    const Pool = new CognitoUserPool({ UserPoolId: 'us-east-1_Example', ClientId: 'the-client', Storage });
    const session = new CognitoUserSession({
      IdToken: new CognitoIdToken({ IdToken: idToken }),
      AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
      RefreshToken: new CognitoRefreshToken({ RefreshToken: 'r' }),
    });
    new CognitoUser({ Username: 'user', Pool, Storage }).setSignInUserSession(session);

    const ours = mapStorage();
    const view = userStorage(withMemoryFallback(ours), 'the-client');
    storeTokens(view, 'the-client', 'user', { idToken, accessToken, refreshToken: 'r' });
    view.commit('user');
    expect(Object.fromEntries(ours.items)).toEqual(Object.fromEntries(theirs.items));
    expect(ours.items.get('CognitoIdentityServiceProvider.the-client.user.clockDrift')).toBe('37');
  });
});

test.each<[string, unknown, object]>([
  [
    'the key of a device',
    { NewDeviceMetadata: { DeviceKey: 'us-east-1_key' } },
    { 'CognitoIdentityServiceProvider.the-client.user.deviceKey': 'us-east-1_key' },
  ],
  ['a key that is none', { NewDeviceMetadata: { DeviceKey: 7 } }, {}],
  ['no device', {}, {}],
  ['no result', undefined, {}],
])('storeDevice: %s', (_, result, items) => {
  const storage = mapStorage();
  const view = userStorage(withMemoryFallback(storage), 'the-client');
  storeDevice(view, 'the-client', 'user', result);
  view.commit('user');
  storage.items.delete('CognitoIdentityServiceProvider.the-client.LastAuthUser');
  expect(Object.fromEntries(storage.items)).toEqual(items);
});

describe('areFresh', () => {
  const iat = 1_730_800_000;
  const token = (lifetime: number) => jwt({ iat, exp: iat + lifetime });
  const [hour, shorter] = [token(3600), token(1800)];
  const ask = (idToken: string, accessToken: string, now: number, isAppsClock = false) =>
    areFresh({ idToken, accessToken, refreshToken: '' }, iat + now, isAppsClock);

  test('until a minute before the first of them expires', () => {
    expect(ask(hour, hour, 3539)).toBe(true);
    expect(ask(hour, hour, 3540)).toBe(false);
    for (const [idToken, accessToken] of [
      [hour, shorter],
      [shorter, hour],
    ] as const) {
      expect(ask(idToken, accessToken, 1739)).toBe(true);
      expect(ask(idToken, accessToken, 1740)).toBe(false);
    }
  });

  test('until a tenth of a short lifetime is left', () => {
    const [short, shortest] = [token(300), token(100)];
    expect([ask(short, hour, 269), ask(short, hour, 270)]).toEqual([true, false]);
    expect([ask(hour, shortest, 89), ask(hour, shortest, 90)]).toEqual([true, false]);
  });

  test('not where they seem issued more than five minutes in the future, but by a clock of the app’s own', () => {
    expect(ask(hour, hour, -300)).toBe(true);
    expect(ask(hour, hour, -301)).toBe(false);
    expect(ask(hour, hour, -301, true)).toBe(true);
  });

  test('not where they tell no times', () => {
    expect(ask(jwt({}), hour, 0)).toBe(false);
    expect(ask(hour, 'no token', 0)).toBe(false);
  });
});

test('subjectOf and usernameOf read texts alone', () => {
  const nameIn = (claims: object) => usernameOf({ idToken: jwt(claims), accessToken: '', refreshToken: '' });
  expect(subjectOf(jwt({ sub: 'a-sub' }))).toBe('a-sub');
  for (const token of [jwt({ sub: 7 }), jwt({}), 'a.b', '', null]) expect(subjectOf(token)).toBeUndefined();
  expect(nameIn({ 'cognito:username': 'user', username: 'another' })).toBe('user');
  expect(nameIn({ 'cognito:username': 7 })).toBeUndefined();
  expect(nameIn({})).toBeUndefined();
});

test('loginOf is the same for the tokens of one login, and for no others', () => {
  const of = (claims: object) => loginOf(jwt({ sub: 's', ...claims }));
  expect(of({ origin_jti: 'o', auth_time: 1, jti: 'a' })).toBe(of({ origin_jti: 'o', auth_time: 2, jti: 'b' }));
  expect(of({ origin_jti: 'o' })).not.toBe(of({ origin_jti: 'p' }));
  expect(of({ origin_jti: 'o' })).not.toBe(of({ origin_jti: 'o', sub: 't' }));
  expect(of({ auth_time: 1, jti: 'a' })).toBe(of({ auth_time: 1, jti: 'b' }));
  expect(of({ auth_time: 1 })).not.toBe(of({ auth_time: 2 }));
  for (const token of [jwt({ sub: 7, origin_jti: 'o' }), 'a.b', null]) expect(loginOf(token)).toBeUndefined();
});

describe('readTokens', () => {
  const whole = { IdToken: 'i', AccessToken: 'a', RefreshToken: 'r' };

  test('takes the refresh token of the answer, or the present one where it has none', () => {
    expect(readTokens(whole, 'old')).toEqual({ idToken: 'i', accessToken: 'a', refreshToken: 'r' });
    const { RefreshToken: _, ...without } = whole;
    expect(readTokens(without, 'old')).toEqual({ idToken: 'i', accessToken: 'a', refreshToken: 'old' });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no ID token', { ...whole, IdToken: undefined }],
    ['no access token', { ...whole, AccessToken: 5 }],
    ['no refresh token, at a login', { ...whole, RefreshToken: undefined }],
  ])('refuses an answer with %s', (_, result) => {
    expect(() => readTokens(result)).toThrow('the answer holds no tokens');
  });
});
