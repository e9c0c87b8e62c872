import { createApig as createApigAlone } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import type { Apig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { totpCode } from '../../../src/local/userPool/totp';
import { closeAll, startServer } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const password = 'Passw0rd!';
describe.each([
  ['sigv4-client/apig', createApigAlone],
  ['sigv4-client/invoke-apig', createApigWithLibrary],
])('%s', (_entry, createApig: typeof createApigAlone) => {
  let aws: LocalAws;
  let apig: Apig;
  const others: LocalAws[] = [];

  beforeAll(async () => {
    aws = await startLocalAws({
      userPool: {
        users: [
          { username: 'user@example.com', password },
          { username: 'unconfirmed', password, unconfirmed: true },
          { username: 'temporary', password, mustChangePassword: true },
          { username: 'sms', password, mfa: 'SMS' },
          { username: 'totp', password, mfa: 'TOTP' },
          { username: 'both', password, mfa: ['SMS', 'TOTP'] },
          {
            username: 'custom',
            password,
            customChallenge: { parameters: { question: 'the colour' }, verify: (answer) => answer === 'blue green' },
          },
        ],
      },
    });
  });
  afterAll(() => Promise.all([...[aws, ...others].map((one) => one.stop()), closeAll()]));
  beforeEach(() => {
    apig = createApig(aws.config);
  });

  describe('challenges', () => {
    test('a new password', async () => {
      const newPassword = jest.fn(() => 'Another-1-pass');
      await apig.login('temporary', password, { newPassword });
      expect(newPassword).toHaveBeenCalledWith(
        expect.objectContaining({ name: 'NEW_PASSWORD_REQUIRED', requiredAttributes: [] }),
      );
      await apig.logout();
      await apig.login('temporary', 'Another-1-pass');
      expect(apig.getCurrentUser()).not.toBeNull();
    });

    test('a code by SMS, from a callback that takes its time', async () => {
      const mfaCode = jest.fn(async () => {
        await new Promise(setImmediate);
        return aws.userPool.codes('sms').at(-1)!.code;
      });
      await apig.login('sms', password, { mfaCode });
      expect(mfaCode).toHaveBeenCalledWith({
        name: 'SMS_MFA',
        destination: expect.stringMatching(/^\+\*+\d{4}$/) as string,
      });
      await expect(apig.getUserToken()).resolves.toMatch(/^eyJ/);
    });

    test.each(['totpCode', 'mfaCode'])('a code of an authenticator app, by the callback %s', async (name) => {
      const callback = jest.fn(() => aws.userPool.totp('totp'));
      await apig.login('totp', password, { [name]: callback });
      expect(callback).toHaveBeenCalledWith({ name: 'SOFTWARE_TOKEN_MFA', destination: undefined });
    });

    test('a choice between both', async () => {
      const selectMfa = jest.fn(() => 'SOFTWARE_TOKEN_MFA' as const);
      await apig.login('both', password, { selectMfa, totpCode: () => aws.userPool.totp('both') });
      expect(selectMfa).toHaveBeenCalledWith({
        name: 'SELECT_MFA_TYPE',
        choices: expect.arrayContaining(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']) as string[],
      });
    });

    test('an authenticator app is set up at the first login', async () => {
      const other = await startLocalAws({ userPool: { users: [{ username: 'new', password }], mfa: 'ON' } });
      others.push(other);
      const app = createApig(other.config);
      let shown: unknown;
      await app.login('new', password, {
        setupTotp: (challenge) => {
          shown = challenge;
          return totpCode(challenge.secretCode, new Date());
        },
      });
      expect(shown).toMatchObject({
        name: 'MFA_SETUP',
        secretCode: expect.stringMatching(/^[A-Z2-7]{16,}$/) as string,
      });
      await app.logout();
      await app.login('new', password, { totpCode: () => other.userPool.totp('new') });
    });

    test('a challenge of the pool’s own', async () => {
      const customChallenge = jest.fn(() => 'blue green');
      await apig.login('custom', password, { customChallenge });
      expect(customChallenge).toHaveBeenCalledWith(
        expect.objectContaining({ parameters: expect.objectContaining({ question: 'the colour' }) as object }),
      );
      expect(apig.getCurrentUser()).not.toBeNull();
    });

    test('a challenge of the pool’s own is not put to who has not proven the password first', async () => {
      const customChallenge = jest.fn(() => 'blue green');
      const login = apig.login('custom', 'Wrong-pass-7', { customChallenge });
      await expect(login).rejects.toMatchObject({ code: 'WrongPassword' });
      expect(customChallenge).not.toHaveBeenCalled();
    });

    test.each([
      ['temporary2', 'NEW_PASSWORD_REQUIRED', 'newPassword'],
      ['sms', 'SMS_MFA', 'mfaCode'],
      ['totp', 'SOFTWARE_TOKEN_MFA', 'totpCode'],
      ['both', 'SELECT_MFA_TYPE', 'selectMfa'],
    ])('%s without its callback: the error names %s and %s', async (username, challenge, callback) => {
      const pool = await startLocalAws({
        userPool: {
          users: [
            {
              username,
              password,
              ...(username === 'temporary2' ? { mustChangePassword: true } : {}),
              ...mfaOf(username),
            },
          ],
        },
      });
      others.push(pool);
      await expect(createApig(pool.config).login(username, password)).rejects.toMatchObject({
        name: 'LoginChallengeError',
        code: 'ChallengeRequired',
        challenge,
        callback,
      });
    });

    test('a wrong code', async () => {
      await expect(apig.login('sms', password, { mfaCode: () => '000000' })).rejects.toMatchObject({
        code: 'CodeMismatch',
      });
    });

    test('what a callback throws comes out as it is, and nobody is logged in', async () => {
      const cancelled = new Error('cancelled');
      const mfaCode = () => Promise.reject(cancelled);
      await expect(apig.login('sms', password, { mfaCode })).rejects.toBe(cancelled);
      expect(apig.getCurrentUser()).toBeNull();
    });
  });

  describe('challenges that are not known', () => {
    /** The user pool, which asks for something else once the password has been proved. */
    async function asking(ChallengeName: string, ChallengeParameters: object) {
      const server = await startServer(async (request) => {
        const target = request.headers.get('x-amz-target')!;
        const isProof = target.endsWith('RespondToAuthChallenge');
        if (isProof) return Response.json({ ChallengeName, ChallengeParameters, Session: 'a-session' });
        const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
        return fetch(aws.userPool.url, { method: 'POST', headers, body: await request.text() });
      });
      return createApig({ ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } });
    }

    test('are named', async () => {
      const isAlone = createApig === createApigAlone;
      const apig = await asking(isAlone ? 'NEWER_FACTOR' : 'EMAIL_OTP', {});
      await expect(apig.login('user@example.com', password)).rejects.toMatchObject({
        code: 'InvalidConfig',
        message: expect.stringContaining(isAlone ? 'asks for NEWER_FACTOR' : 'EMAIL_OTP') as string,
      });
    });

    test('are not offered among the choices, and cannot be chosen', async () => {
      const apig = await asking('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["NEWER_FACTOR","SMS_MFA"]' });
      const selectMfa = jest.fn(() => 'NEWER_FACTOR' as 'SMS_MFA');
      await expect(apig.login('user@example.com', password, { selectMfa })).rejects.toMatchObject({
        code: 'InvalidInput',
        message: expect.stringContaining('selectMfa: expected SMS_MFA, got a string') as string,
      });
      expect(selectMfa).toHaveBeenCalledWith({ name: 'SELECT_MFA_TYPE', choices: ['SMS_MFA'] });
    });
  });
});

function mfaOf(username: string) {
  if (username === 'sms') return { mfa: 'SMS' as const };
  if (username === 'totp') return { mfa: 'TOTP' as const };
  return username === 'both' ? { mfa: ['SMS', 'TOTP'] as const } : {};
}
