import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { account, expectWorkingSession, lastCode, parametersOf, start } from '../../support/challengeHarness';
import { refusal, step } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({ now: clock.now, users: [{ ...account('both'), mfa: ['SMS', 'TOTP'] }] });
});
afterAll(() => pool.stop());

describe('SELECT_MFA_TYPE', () => {
  it.each([
    ['SMS_MFA', 'mfaRequired', () => Promise.resolve(lastCode(pool, 'both'))],
    ['SOFTWARE_TOKEN_MFA', 'totpRequired', () => pool.totp('both@example.com')],
  ] as const)('lets the user choose %s', async (factor, next, code) => {
    const choice = await start(pool, 'both');
    expect(choice.step).toBe('selectMFAType');
    expect(JSON.parse(parametersOf(choice).MFAS_CAN_CHOOSE!)).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    const { user } = choice;
    const asked = await step(user, (callbacks) => {
      user.sendMFASelectionAnswer(factor, callbacks);
    });
    expect(asked.step).toBe(next);
    const given = await code();
    await expectWorkingSession(
      pool,
      await step(user, (callbacks) => {
        user.sendMFACode(given, callbacks, factor);
      }),
    );
  });

  it('refuses another choice', async () => {
    const { user } = await start(pool, 'both');
    const answer = step(user, (callbacks) => {
      user.sendMFASelectionAnswer('EMAIL_OTP', callbacks);
    });
    expect(await refusal(answer)).toMatch(/^InvalidParameterException/);
  });
});
