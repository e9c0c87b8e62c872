/** A pool that hides who exists: what it still does for those who are there, and what it does not for nobody. */
import { OLD_CODE, WRONG_CODE } from '../../support/accountHarness';
import { PASSWORD, initiate, named, pool, start } from '../../support/hidingPool';
import { answerChallenge } from '../../support/challengeHarness';
import { adminCall, call, refused } from '../../support/userPoolHarness';

describe('it', () => {
  beforeEach(start);
  afterEach(() => pool.stop());

  it('tells who knows the password why they may not log in', async () => {
    const answer = (USERNAME: string) => refused(initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD }));
    expect(await answer('unconfirmed@example.com')).toBe('UserNotConfirmedException: User is not confirmed.');
    expect(await answer('disabled@example.com')).toBe('NotAuthorizedException: User is disabled.');
  });

  it('logs in with the right answer to a challenge, and nobody who is not there', async () => {
    const attempt = async (name: string) => {
      const { body } = await initiate('CUSTOM_AUTH', { USERNAME: name });
      return refused(
        answerChallenge(pool, 'CUSTOM_CHALLENGE', body.Session, {
          USERNAME: body.ChallengeParameters.USERNAME,
          ANSWER: '2',
        }),
      );
    };
    expect(await attempt('plain')).toBe('success');
    expect(await attempt('nobody')).toBe('success'); // asked again, as after a wrong answer
    expect(await attempt('unconfirmed@example.com')).toBe('UserNotConfirmedException: User is not confirmed.');
  });

  it('logs nobody in who signs up while a login under that name is under way', async () => {
    const { body } = await initiate('CUSTOM_AUTH', { USERNAME: 'later' });
    await named('SignUp', 'later', { Password: PASSWORD });
    await adminCall(pool, 'AdminConfirmSignUp', { UserPoolId: pool.userPoolId, Username: 'later' });
    const answer = await answerChallenge(pool, 'CUSTOM_CHALLENGE', body.Session, { USERNAME: 'later', ANSWER: '2' });
    expect(answer.body).not.toHaveProperty('AuthenticationResult');
  });

  it('sends codes to those who are there, whom they serve, and to nobody else', async () => {
    await named('ForgotPassword', 'plain');
    const { code } = pool.codes('plain').at(-1)!;
    const input = { ConfirmationCode: code, Password: 'N3w-Passw0rd' };
    expect(await refused(named('ConfirmForgotPassword', 'plain', input))).toBe('success');
    await named('ResendConfirmationCode', 'unconfirmed@example.com');
    const ConfirmationCode = pool.codes('unconfirmed@example.com').at(-1)!.code;
    expect(await refused(named('ConfirmSignUp', 'unconfirmed@example.com', { ConfirmationCode }))).toBe('success');
    for (const name of ['nobody', 'bare', 'disabled@example.com', 'temporary@example.com']) {
      await named('ForgotPassword', name);
      expect(pool.codes(name)).toEqual([]);
    }
  });

  it('takes no code of a user who has been disabled since', async () => {
    await named('ForgotPassword', 'plain');
    await adminCall(pool, 'AdminDisableUser', { UserPoolId: pool.userPoolId, Username: 'plain' });
    const input = { ConfirmationCode: pool.codes('plain').at(-1)!.code, Password: 'N3w-Passw0rd' };
    expect(await refused(named('ConfirmForgotPassword', 'plain', input))).toBe(WRONG_CODE);
  });

  it.each([
    ['plain', 'PLAIN'],
    ['nobody', 'NOBODY'],
    ['user@example.com', 'User@Example.com'],
    ['nobody@example.com', 'Nobody@Example.com'],
  ])('knows %s as %s', async (one, other) => {
    const salts = [one, other].map(async (USERNAME) => {
      const { body } = await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: 'abc' });
      return body.ChallengeParameters.SALT;
    });
    const [first, second] = await Promise.all(salts);
    expect(second).toBe(first);
  });

  it('keeps no name that is longer than names are', async () => {
    const name = 'x'.repeat(129);
    for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH']) {
      const answer = initiate(flow, { USERNAME: name, SRP_A: 'abc', PASSWORD });
      expect(await refused(answer)).toMatch(/^InvalidParameterException: 1 validation error detected/);
    }
    expect(await refused(named('ForgotPassword', name))).toMatch(/^InvalidParameterException: 1 validation error/);
  });

  it('says at sign-up who is there, as AWS does', async () => {
    expect(await refused(named('SignUp', 'plain', { Password: PASSWORD }))).toMatch(/^UsernameExistsException/);
    expect(await refused(named('ConfirmSignUp', 'plain', { ConfirmationCode: 'x' }))).toBe(OLD_CODE);
  });

  it.each([
    'user@example.com',
    'plain',
    'bare',
    'unconfirmed@example.com',
    'disabled@example.com',
    'nobody@example.com',
    'nobody',
  ])('%s is shown the same destination whatever code is asked for', async (Username) => {
    const shown = [];
    for (const operation of ['ForgotPassword', 'ResendConfirmationCode']) {
      const { body } = await call(pool, operation, { ClientId: pool.clientId, Username });
      shown.push(body.CodeDeliveryDetails);
    }
    expect(shown[1]).toEqual(shown[0]);
  });
});
