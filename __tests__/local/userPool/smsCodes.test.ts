import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import {
  MISMATCH,
  PASSWORD,
  account,
  expectWorkingSession,
  lastCode,
  parametersOf,
  start,
} from '../../support/challengeHarness';
import { login, refusal, step } from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({
    now: clock.now,
    users: [
      { ...account('sms'), mfa: 'SMS', attributes: { phone_number: '+4915550001234' } },
      { ...account('both'), mfa: ['SMS', 'TOTP'] },
    ],
  });
});
afterAll(() => pool.stop());

describe('SMS_MFA', () => {
  const send = ({ user }: Outcome, code: string) =>
    step(user, (callbacks) => {
      user.sendMFACode(code, callbacks);
    });

  it('asks for the code after SRP, and takes it once', async () => {
    const outcome = await login(pool, 'sms@example.com', PASSWORD);
    expect(outcome.step).toBe('mfaRequired');
    expect(parametersOf(outcome)).toMatchObject({
      CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
      CODE_DELIVERY_DESTINATION: '+*********1234',
    });
    expect(pool.codes('sms@example.com').at(-1)).toMatchObject({
      purpose: 'SMS_MFA',
      medium: 'SMS',
      destination: '+4915550001234',
      code: expect.stringMatching(/^\d{6}$/) as string,
    });
    await expectWorkingSession(pool, await send(outcome, lastCode(pool, 'sms')));
    expect(await refusal(send(outcome, lastCode(pool, 'sms')))).toBe(
      'NotAuthorizedException: Invalid session for the user, session can only be used once.',
    );
  });

  it('lets a mistyped code be corrected', async () => {
    const outcome = await start(pool, 'sms');
    const code = lastCode(pool, 'sms');
    expect(await refusal(send(outcome, code === '000000' ? '000001' : '000000'))).toBe(MISMATCH);
    expect(await refusal(send(outcome, code))).toBe('success');
  });

  it('takes the last code only, and none of an expired login', async () => {
    const first = await start(pool, 'sms');
    const early = lastCode(pool, 'sms');
    // Of a million codes, two may be the same.
    do await start(pool, 'sms');
    while (lastCode(pool, 'sms') === early);
    expect(await refusal(send(first, early))).toBe(MISMATCH);
    clock.time += 180_000;
    expect(await refusal(send(first, lastCode(pool, 'sms')))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  it('sends to a made-up number where none is given', async () => {
    await start(pool, 'both').then(({ user }) =>
      step(user, (callbacks) => {
        user.sendMFASelectionAnswer('SMS_MFA', callbacks);
      }),
    );
    expect(pool.codes('both@example.com').at(-1)?.destination).toBe('+15555550100');
  });
});
