import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import { MISMATCH, PASSWORD, SECRET, account, expectWorkingSession, start } from '../../support/challengeHarness';
import { adminCall, login, refusal, step } from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';

let pool: LocalUserPool;
let time: number;
beforeAll(async () => {
  time = Date.now();
  pool = await startUserPool({
    now: () => new Date(time),
    users: [
      { ...account('sms'), mfa: 'SMS', attributes: { phone_number: '+4915550001234' } },
      { ...account('totp'), mfa: 'TOTP', totpSecret: SECRET },
    ],
  });
});
/** No test has anything to do with the codes, lockouts and tokens of another. */
beforeEach(() => {
  time += 3_600_000;
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
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time - 120_000))))).toBe(MISMATCH);
    await expectWorkingSession(pool, await send(outcome, totpCode(SECRET, new Date(time))));
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
    time += 60_000;
    const code = totpCode(SECRET, new Date(time));
    const answers = await Promise.all(outcomes.map((outcome) => refusal(send(outcome, code))));
    const used = 'ExpiredCodeException: Your software token has already been used once.';
    expect(answers.sort()).toEqual([used, 'success']);
    time += 30_000;
    expect(await refusal(send(await start(pool, 'totp'), code))).toBe(used);
    expect(await refusal(send(await start(pool, 'totp'), totpCode(SECRET, new Date(time))))).toBe('success');
  });

  it('locks a second factor after five wrong codes, whatever the password does', async () => {
    const locked =
      'NotAuthorizedException: Too many invalid credentials attempts. User temporarily locked. ' +
      'Please try again after few seconds.';
    time += 60_000;
    const wrong = totpCode(SECRET, new Date(time - 300_000));
    const outcome = await start(pool, 'totp');
    for (let i = 0; i < 5; i++) expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    const right = totpCode(SECRET, new Date(time));
    expect(await refusal(send(await start(pool, 'totp'), right))).toBe(locked);
    time += 1000;
    expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    time += 1999;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time))))).toBe(locked);
    time += 1;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time))))).toBe('success');
  });

  it('has the code at hand for tests', async () => {
    time += 60_000;
    expect(await pool.totp('totp@example.com')).toBe(totpCode(SECRET, new Date(time)));
    await send(await start(pool, 'totp'), await pool.totp('totp@example.com'));
    expect(await refusal(send(await start(pool, 'totp'), await pool.totp('totp@example.com')))).toBe('success');
    await expect(pool.totp('sms@example.com')).rejects.toMatchObject({ code: 'NoAuthenticator' });
  });
});
