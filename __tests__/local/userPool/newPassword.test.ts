import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import {
  PASSWORD,
  SECRET,
  account,
  answerChallenge,
  challengedSession,
  expectWorkingSession,
  parametersOf,
  start,
} from '../../support/challengeHarness';
import { INCORRECT, call, login, refusal, refused, session, step } from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({
    now: clock.now,
    users: [
      { ...account('totp'), mfa: 'TOTP', totpSecret: SECRET },
      { ...account('temporary'), mustChangePassword: true, attributes: { name: 'Old' } },
      { ...account('temporary-sms'), mustChangePassword: true, mfa: 'SMS' },
      { username: 'temporary-plain', password: PASSWORD, mustChangePassword: true },
    ],
  });
});
afterAll(() => pool.stop());

describe('NEW_PASSWORD_REQUIRED', () => {
  const complete = ({ user }: Outcome, password: string, attributes: Record<string, string> = {}) =>
    step(user, (callbacks) => {
      user.completeNewPasswordChallenge(password, attributes, callbacks);
    });

  it('checks the temporary password', async () => {
    expect(await refusal(login(pool, 'temporary@example.com', 'wrong'))).toBe(INCORRECT);
    expect(await refusal(login(pool, 'temporary@example.com', 'wrong', 'USER_PASSWORD_AUTH'))).toBe(INCORRECT);
  });

  it('checks the session', async () => {
    const input = {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ClientId: pool.clientId,
      ChallengeResponses: { USERNAME: 'temporary@example.com', NEW_PASSWORD: 'Another-1' },
    };
    expect(await refused(call(pool, 'RespondToAuthChallenge', input))).toMatch(/^InvalidParameterException/);
    expect(await refused(call(pool, 'RespondToAuthChallenge', { ...input, Session: 'made up' }))).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
  });

  it('does not take the session of another user, or of another challenge', async () => {
    const given = await challengedSession(pool, 'totp@example.com', PASSWORD);
    const answer = (username: string, name: string) =>
      refused(
        answerChallenge(pool, name, given, {
          USERNAME: username,
          NEW_PASSWORD: 'Another-1',
          SOFTWARE_TOKEN_MFA_CODE: totpCode(SECRET, new Date(clock.time)),
        }),
      );
    expect(await answer('temporary@example.com', 'SOFTWARE_TOKEN_MFA')).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    expect(await answer('totp@example.com', 'NEW_PASSWORD_REQUIRED')).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    clock.time += 90_000; // the codes of this moment have logged in already
    expect(await answer('totp@example.com', 'SOFTWARE_TOKEN_MFA')).toBe('success');
  });

  it('sets the password and attributes after SRP, and logs in', async () => {
    const outcome = await login(pool, 'temporary@example.com', PASSWORD);
    expect(outcome.step).toBe('newPasswordRequired');
    expect(parametersOf(outcome)).toEqual({ email: 'temporary@example.com', email_verified: 'true', name: 'Old' });
    expect(await refusal(complete(outcome, 'short'))).toBe(
      'InvalidPasswordException: Password does not conform to policy: Password not long enough',
    );
    expect(await refusal(complete(outcome, 'Another-1', { email: 'other@example.com' }))).toBe(
      'NotAuthorizedException: Cannot modify an already provided email',
    );
    const done = await complete(outcome, 'Another-1', { name: 'New' });
    await expectWorkingSession(pool, done);
    expect(await refusal(login(pool, 'temporary@example.com', PASSWORD))).toBe(INCORRECT);
    const { session: tokens } = await session(pool, 'temporary@example.com', 'Another-1');
    expect(tokens.getIdToken().payload).toMatchObject({ name: 'New' });
  });

  it('takes one of two answers to the same session', async () => {
    const username = 'twice@example.com';
    const own = await startUserPool({ users: [{ ...account('twice'), mustChangePassword: true }] });
    try {
      const given = await challengedSession(own, username, PASSWORD);
      const passwords = ['Another-1', 'Another-2'];
      const answers = await Promise.all(
        passwords.map((NEW_PASSWORD) =>
          refused(answerChallenge(own, 'NEW_PASSWORD_REQUIRED', given, { USERNAME: username, NEW_PASSWORD })),
        ),
      );
      expect(answers.filter((answer) => answer === 'success')).toHaveLength(1);
      const set = passwords[answers.indexOf('success')]!;
      expect(await refusal(session(own, username, set))).toBe('success');
    } finally {
      await own.stop();
    }
  });

  it.each([
    [
      'cognito:groups',
      'admin',
      'InvalidParameterException: user.cognito:groups: Attribute does not exist in the schema.',
    ],
    ['custom:none', 'x', 'InvalidParameterException: user.custom:none: Attribute does not exist in the schema.'],
    ['sub', 'x', 'NotAuthorizedException: Cannot modify the non-mutable attribute sub'],
    ['email_verified', 'true', 'NotAuthorizedException: Cannot modify the non-mutable attribute email_verified'],
    ['phone_number', 'none', 'InvalidParameterException: Invalid phone number format.'],
  ])('does not set %s', async (name, value, expected) => {
    const given = await challengedSession(pool, 'temporary-plain', PASSWORD);
    const answer = answerChallenge(pool, 'NEW_PASSWORD_REQUIRED', given, {
      USERNAME: 'temporary-plain',
      NEW_PASSWORD: 'Another-1',
      [`userAttributes.${name}`]: value,
    });
    expect(await refused(answer)).toBe(expected);
  });

  it('is followed by the second factor', async () => {
    const next = await complete(await start(pool, 'temporary-sms'), 'Another-1');
    expect(next.step).toBe('mfaRequired');
  });
});
