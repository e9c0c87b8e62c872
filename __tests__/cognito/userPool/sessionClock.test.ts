/** The clock of a session: the device's, less what it was ahead when tokens came last, unless the app has a clock of its own. */
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { createSessionClock } from '../../../src/cognito/userPool/sessionClock';
import { memoryStorage } from '../../../src/cognito/userPool/storage';
import { storedSession } from '../../../src/cognito/userPool/storedSession';
import { userStorage } from '../../../src/cognito/userPool/userStorage';
import { fakeDate } from '../../support/clocks';

const DATE = 1_730_800_000_000;
beforeEach(() => {
  fakeDate(DATE);
});
afterEach(() => jest.useRealTimers());

/** A session's clock, with the drift that is stored as amazon-cognito-identity-js stores it: the seconds that the device is ahead. */
function clockWith(drift: string | undefined, appsClock?: () => number, isNew = false) {
  const storage = memoryStorage();
  if (drift !== undefined) storage.setItem('CognitoIdentityServiceProvider.the-client.user.clockDrift', drift);
  const view = userStorage(withMemoryFallback(storage), 'the-client', 'user');
  return createSessionClock(storedSession(view, 'the-client', 'user'), appsClock, isNew);
}

/** Tokens that were issued so many seconds before the device's date, and are good for an hour. */
function issued(secondsAgo: number) {
  const iat = DATE / 1000 - secondsAgo;
  const token = `e30.${Buffer.from(JSON.stringify({ iat, exp: iat + 3600 })).toString('base64url')}.signature`;
  return { idToken: token, accessToken: token, refreshToken: 'r' };
}

test.each<[string | undefined, number]>([
  ['37', DATE - 37_000],
  ['-37', DATE + 37_000],
  ['0', DATE],
  [undefined, DATE],
  ['a while', DATE],
  ['NaN', DATE],
])('a stored drift of %j', (drift, now) => {
  expect(clockWith(drift).now()).toBe(now);
});

test('a clock of the app’s own is taken as it is', () => {
  expect(clockWith('37', () => 5).now()).toBe(5);
});

test.each<[string, boolean]>([
  ['0', true],
  ['60', true],
  ['-60', true],
  ['61', false],
  ['-61', false],
])(
  'a drift of %s seconds, stored before the page was loaded, may be wrong by now; sure of fresh tokens: %j',
  (drift, isSure) => {
    const ago = (seconds: number) => issued(Number(drift) + seconds);
    const clock = clockWith(drift);
    expect(clock.isFresh(ago(1800))).toBe(true);
    expect(clock.isSureOf(ago(1800))).toBe(isSure);
    expect(clock.isSureOf(ago(3600))).toBe(false);
  },
);

test('tokens that seem issued more than five minutes in the future are not fresh: the clock has been set back', () => {
  expect(clockWith('0').isFresh(issued(-300))).toBe(true);
  expect(clockWith('0').isFresh(issued(-301))).toBe(false);
  expect(clockWith('0', () => DATE).isFresh(issued(-301))).toBe(true);
});

test.each<[string, () => ReturnType<typeof clockWith>]>([
  ['at a login', () => clockWith('3000', undefined, true)],
  [
    'at a renewal',
    () => {
      const clock = clockWith('3000');
      clock.driftFound();
      return clock;
    },
  ],
])('a drift that was found %s is believed', (_, make) => {
  const clock = make();
  expect(clock.isSureOf(issued(3000 + 1800))).toBe(true);
  expect(clock.isSureOf(issued(3000 + 3600))).toBe(false);
});

test('a clock of the app’s own is believed, whatever drift is stored', () => {
  const clock = clockWith('3000', () => DATE - 7_200_000);
  expect(clock.isSureOf(issued(0))).toBe(true); // issued two hours later than that clock says
  expect(clock.isSureOf(issued(3 * 3600))).toBe(false);
});
