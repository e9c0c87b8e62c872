import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import { MISMATCH, PASSWORD, SECRET, account, expectWorkingSession, start } from '../../support/challengeHarness';
import { adminCall, login, refusal, step } from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({
    now: clock.now,
    users: [
      { ...account('sms'), mfa: 'SMS', attributes: { phone_number: '+4915550001234' } },
      { ...account('totp'), mfa: 'TOTP', totpSecret: SECRET },
    ],
  });
});
afterAll(() => pool.stop());

describe('SOFTWARE_TOKEN_MFA', () => {
  const send = ({ user }: Outcome, code: string) =>
    step(user, (callbacks) => {
      user.sendMFACode(code, callbacks, 'SOFTWARE_TOKEN_MFA');
    });

  it("checks the authenticator's code", async () => {
    const outcome = await login(pool, 'totp@example.com', PASSWORD);
    expect(outcome.step).toBe('totpRequired');
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(clock.time - 120_000))))).toBe(MISMATCH);
    await expectWorkingSession(pool, await send(outcome, totpCode(SECRET, new Date(clock.time))));
  });

  it('ends with the password that it began with', async () => {
    const own = await startUserPool({ users: [{ ...account('totp'), mfa: 'TOTP', totpSecret: SECRET }] });
    try {
      const outcome = await start(own, 'totp');
      const input = {
        UserPoolId: own.userPoolId,
        Username: 'totp@example.com',
        Password: 'N3w-Passw0rd',
        Permanent: true,
      };
      await adminCall(own, 'AdminSetUserPassword', input);
      expect(await refusal(send(outcome, await own.totp('totp@example.com')))).toBe(
        'NotAuthorizedException: Invalid session for the user.',
      );
    } finally {
      await own.stop();
    }
  });

  it('takes a code once', async () => {
    const outcomes = [await start(pool, 'totp'), await start(pool, 'totp')];
    clock.time += 60_000;
    const code = totpCode(SECRET, new Date(clock.time));
    const answers = await Promise.all(outcomes.map((outcome) => refusal(send(outcome, code))));
    const used = 'ExpiredCodeException: Your software token has already been used once.';
    expect(answers.sort()).toEqual([used, 'success']);
    clock.time += 30_000;
    expect(await refusal(send(await start(pool, 'totp'), code))).toBe(used);
    expect(await refusal(send(await start(pool, 'totp'), totpCode(SECRET, new Date(clock.time))))).toBe('success');
  });

  it('locks a second factor after five wrong codes, whatever the password does', async () => {
    const locked =
      'NotAuthorizedException: Too many invalid credentials attempts. User temporarily locked. ' +
      'Please try again after few seconds.';
    clock.time += 60_000;
    const wrong = totpCode(SECRET, new Date(clock.time - 300_000));
    const outcome = await start(pool, 'totp');
    for (let i = 0; i < 5; i++) expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    const right = totpCode(SECRET, new Date(clock.time));
    expect(await refusal(send(await start(pool, 'totp'), right))).toBe(locked);
    clock.time += 1000;
    expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    clock.time += 1999;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(clock.time))))).toBe(locked);
    clock.time += 1;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(clock.time))))).toBe('success');
  });

  it('has the code at hand for tests', async () => {
    clock.time += 60_000;
    expect(await pool.totp('totp@example.com')).toBe(totpCode(SECRET, new Date(clock.time)));
    await send(await start(pool, 'totp'), await pool.totp('totp@example.com'));
    expect(await refusal(send(await start(pool, 'totp'), await pool.totp('totp@example.com')))).toBe('success');
    await expect(pool.totp('sms@example.com')).rejects.toMatchObject({ code: 'NoAuthenticator' });
  });
});
