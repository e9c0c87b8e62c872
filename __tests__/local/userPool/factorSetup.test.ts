import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import {
  PASSWORD,
  account,
  answerChallenge,
  challengedSession,
  expectWorkingSession,
  parametersOf,
  start,
} from '../../support/challengeHarness';
import { promised, refusal, refused, session, step } from '../../support/userPoolHarness';
import { hourlyClock } from '../../support/clocks';

let pool: LocalUserPool;
const clock = hourlyClock();
beforeAll(async () => {
  pool = await startUserPool({ now: clock.now, users: [{ ...account('none') }] });
});
afterAll(() => pool.stop());

describe('MFA_SETUP', () => {
  let strict: LocalUserPool;
  beforeAll(async () => {
    strict = await startUserPool({ mfa: 'ON', users: [account('none')] });
  });
  afterAll(() => strict.stop());

  it('makes users of a pool that requires a second factor set one up', async () => {
    const outcome = await start(strict, 'none');
    expect(outcome.step).toBe('mfaSetup');
    expect(parametersOf(outcome)).toMatchObject({ MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' });
    const { user } = outcome;
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    const verify = (code: string) =>
      step(user, (callbacks) => {
        user.verifySoftwareToken(code, 'my phone', callbacks);
      });
    expect(await refusal(verify(totpCode(secret, new Date(0))))).toBe('EnableSoftwareTokenMFAException: Code mismatch');
    await expectWorkingSession(strict, await verify(totpCode(secret, new Date())));

    const next = await start(strict, 'none');
    expect(next.step).toBe('totpRequired');
    expect(parametersOf(next)).toMatchObject({ FRIENDLY_DEVICE_NAME: 'my phone' });
    expect(await strict.totp('none@example.com')).toMatch(/^\d{6}$/);
  });

  it('cannot be skipped', async () => {
    const fresh = await startUserPool({ mfa: 'ON', users: [account('none')] });
    try {
      const given = await challengedSession(fresh, 'none@example.com', PASSWORD);
      const answer = answerChallenge(fresh, 'MFA_SETUP', given, { USERNAME: 'none@example.com' });
      expect(await refused(answer)).toMatch(/^InvalidParameterException/);
    } finally {
      await fresh.stop();
    }
  });
});

describe('second factors of a logged-in user', () => {
  it('are set up, preferred and asked for', async () => {
    const { user } = await session(pool, 'none@example.com', PASSWORD);
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    await new Promise((onSuccess, onFailure) => {
      user.verifySoftwareToken(totpCode(secret, new Date(clock.time)), 'app', { onSuccess, onFailure });
    });
    expect((await start(pool, 'none')).step).toBe('success');

    const prefer = { PreferredMfa: true, Enabled: true };
    expect(
      await refusal(
        promised((callback) => {
          user.setUserMfaPreference(prefer, null, callback);
        }),
      ),
    ).toBe('InvalidParameterException: User does not have delivery config set to turn on SMS_MFA');
    await promised((callback) => {
      user.setUserMfaPreference(null, prefer, callback);
    });
    expect((await start(pool, 'none')).step).toBe('totpRequired');
    await promised((callback) => {
      user.setUserMfaPreference(null, { PreferredMfa: false, Enabled: false }, callback);
    });
    expect((await start(pool, 'none')).step).toBe('success');
  });

  it('are not asked for in a pool that has switched them off', async () => {
    const off = await startUserPool({ mfa: 'OFF', users: [{ ...account('sms'), mfa: 'SMS' }] });
    try {
      expect((await start(off, 'sms')).step).toBe('success');
    } finally {
      await off.stop();
    }
  });
});
