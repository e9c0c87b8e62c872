import { AuthenticationDetails } from 'amazon-cognito-identity-js';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { PASSWORD, account, expectWorkingSession, parametersOf } from '../../support/challengeHarness';
import { INCORRECT, adminCall, client, login, refusal, step } from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({
    now: clock.now,
    customChallenge: { parameters: { question: '1 + 1' }, verify: (answer) => answer === '2' },
    users: [
      { ...account('none') },
      { ...account('unconfirmed'), unconfirmed: true },
      {
        ...account('custom'),
        customChallenge: {
          parameters: { question: 'colour' },
          verify: (answer) => Promise.resolve(answer === 'blue'),
          attempts: 2,
        },
      },
    ],
  });
});
afterAll(() => pool.stop());

describe('CUSTOM_CHALLENGE', () => {
  const answer = ({ user }: Outcome, text: string) =>
    step(user, (callbacks) => {
      user.sendCustomChallengeAnswer(text, callbacks);
    });
  const withoutPassword = (name: string, of = pool): Promise<Outcome> => {
    const { user } = client(of, `${name}@example.com`);
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    return step(user, (callbacks) => {
      user.initiateAuth(new AuthenticationDetails({ Username: `${name}@example.com` }), callbacks);
    });
  };

  it.each<[string, () => Promise<Outcome>]>([
    ['after SRP', () => login(pool, 'none@example.com', PASSWORD, 'CUSTOM_AUTH')],
    ['without a password', () => withoutPassword('none')],
  ])('is put %s', async (_, begin) => {
    const outcome = await begin();
    expect(outcome.step).toBe('customChallenge');
    expect(parametersOf(outcome)).toMatchObject({ question: '1 + 1' });
    await expectWorkingSession(pool, await answer(outcome, '2'));
    expect(await refusal(answer(await begin(), '3'))).toBe(INCORRECT);
  });

  it('still wants the right password after SRP', async () => {
    expect(await refusal(login(pool, 'none@example.com', 'wrong', 'CUSTOM_AUTH'))).toBe(INCORRECT);
  });

  it("may be a user's own, with several attempts", async () => {
    const first = await withoutPassword('custom');
    expect(parametersOf(first)).toMatchObject({ question: 'colour' });
    const second = await answer(first, 'red');
    expect(second.step).toBe('customChallenge');
    await expectWorkingSession(pool, await answer(second, 'blue'));
    expect(await refusal(answer(await answer(await withoutPassword('custom'), 'red'), 'red'))).toBe(INCORRECT);
  });

  it.each([
    ['an unconfirmed user', 'unconfirmed', 'UserNotConfirmedException: User is not confirmed.'],
    ['an unknown user', 'nobody', 'UserNotFoundException: User does not exist.'],
  ])('is not put to %s', async (_, name, expected) => {
    expect(await refusal(withoutPassword(name))).toBe(expected);
  });

  it('logs nobody in who was blocked while the answer was checked', async () => {
    const own: LocalUserPool = await startUserPool({
      users: [account('none')],
      customChallenge: {
        parameters: {},
        verify: async () => {
          const input = { UserPoolId: own.userPoolId, Username: 'none@example.com' };
          return (await adminCall(own, 'AdminDisableUser', input)).status === 200;
        },
      },
    });
    try {
      expect(await refusal(answer(await withoutPassword('none', own), '2'))).toBe(
        'NotAuthorizedException: User is disabled.',
      );
    } finally {
      await own.stop();
    }
  });

  it('must be defined', async () => {
    const bare = await startUserPool({ users: [account('none')] });
    try {
      expect(await refusal(withoutPassword('none', bare))).toBe(
        'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.',
      );
    } finally {
      await bare.stop();
    }
  });
});
