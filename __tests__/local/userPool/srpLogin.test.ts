import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { INCORRECT, adminCall, call, proof, refresh, refused, tokensOf } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const FORMAT = 'InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.';

let pool: LocalUserPool;
let time: number;
beforeEach(async () => {
  time = Date.parse('2030-01-02T03:04:05Z');
  pool = await startUserPool({ now: () => time, users: [{ username: 'plain', password: PASSWORD }] });
});
afterEach(() => pool.stop());

const answer = async (timestamp?: string) =>
  refused(call(pool, 'RespondToAuthChallenge', await proof(pool, 'plain', PASSWORD, timestamp)));

describe('a timestamp', () => {
  it.each([
    ["of the pool's clock", 'Wed Jan 2 03:04:05 UTC 2030', 'success'],
    ['almost a day behind', 'Tue Jan 1 03:04:05 UTC 2030', 'success'],
    ['almost a day ahead', 'Thu Jan 3 03:04:05 UTC 2030', 'success'],
    ['further behind', 'Tue Jan 1 03:04:04 UTC 2030', INCORRECT],
    ['further ahead', 'Thu Jan 3 03:04:06 UTC 2030', INCORRECT],
    ['of long ago', 'Sun Aug 30 12:36:00 UTC 2015', INCORRECT],
    ['with a zero before the day', 'Wed Jan 02 03:04:05 UTC 2030', INCORRECT],
    ['with another weekday', 'Thu Jan 2 03:04:05 UTC 2030', INCORRECT],
    ['of no day', 'Wed Jan 32 03:04:05 UTC 2030', INCORRECT],
    ['of no hour', 'Wed Jan 2 27:04:05 UTC 2030', INCORRECT],
    ['in another language', 'Mi Jan 2 03:04:05 UTC 2030', FORMAT],
    ['with a made-up month', 'Wed Foo 2 03:04:05 UTC 2030', FORMAT],
    ['of another zone', 'Wed Jan 2 03:04:05 CET 2030', FORMAT],
  ])('%s', async (_, timestamp, expected) => {
    expect(await answer(timestamp)).toBe(expected);
  });

  it("of the machine's clock is taken, which is what clients go by", async () => {
    expect(await answer()).toBe('success');
  });
});

it('takes one of many recorded answers that come at the same time', async () => {
  const recorded = await proof(pool, 'plain', PASSWORD);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => refused(call(pool, 'RespondToAuthChallenge', recorded))),
  );
  expect(answers.filter((one) => one === 'success')).toHaveLength(1);
});

it('takes no proof of a password that has been changed since', async () => {
  const early = await proof(pool, 'plain', PASSWORD);
  const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
  await call(pool, 'ChangePassword', { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: 'N3w-Passw0rd' });
  expect(await refused(call(pool, 'RespondToAuthChallenge', early))).toBe(INCORRECT);
});

describe('an account made anew under the same name', () => {
  const ClientId = (): string => pool.clientId;
  async function remake(): Promise<void> {
    await adminCall(pool, 'AdminDeleteUser', { UserPoolId: pool.userPoolId, Username: 'plain' });
    await call(pool, 'SignUp', { ClientId: ClientId(), Username: 'plain', Password: PASSWORD });
    await adminCall(pool, 'AdminConfirmSignUp', { UserPoolId: pool.userPoolId, Username: 'plain' });
  }

  it('is not reached with the tokens of the one before', async () => {
    const { AccessToken, RefreshToken } = await tokensOf(pool, 'plain', PASSWORD);
    await remake();
    for (const operation of ['GetUser', 'UpdateUserAttributes', 'ChangePassword', 'AssociateSoftwareToken']) {
      const input = { AccessToken, UserAttributes: [], PreviousPassword: PASSWORD, ProposedPassword: 'N3w-Passw0rd' };
      expect([operation, await refused(call(pool, operation, input))]).toEqual([
        operation,
        'UserNotFoundException: User does not exist.',
      ]);
    }
    expect(await refused(refresh(pool, RefreshToken!))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    const { AccessToken: next } = await tokensOf(pool, 'plain', PASSWORD);
    await call(pool, 'GlobalSignOut', { AccessToken });
    expect(await refused(call(pool, 'GetUser', { AccessToken: next }))).toBe('success');
  });

  it('is not logged in by a login that was for the one before', async () => {
    const early = await proof(pool, 'plain', PASSWORD);
    await remake();
    expect(await refused(call(pool, 'RespondToAuthChallenge', early))).toBe(INCORRECT);
  });
});
