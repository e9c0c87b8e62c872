import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { totpCode } from '../../src/local/userPool/totp';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const password = 'Passw0rd!';
let aws: LocalAws;
let apig: Apig;

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
const others: { stop(): Promise<unknown> }[] = [];
afterAll(() => Promise.all([aws, ...others].map((one) => one.stop())));
beforeEach(() => {
  apig = createApig(aws.config);
});

test('login, current user, ID token', async () => {
  expect(apig.getCurrentUser()).toBeNull();
  const user = await apig.login('user@example.com', password);
  const current = apig.getCurrentUser();
  expect(current?.getUsername()).toBe(user.getUsername());
  const token = await apig.getUserToken(current);
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
  expect(claims).toMatchObject({ email: 'user@example.com', token_use: 'id', aud: aws.userPool.clientId });
});

describe('refused', () => {
  test.each([
    ['user@example.com', 'WrongPassword', /forgotPassword/],
    ['nobody@example.com', 'UserNotFound', /signUp/],
  ])('%s with a wrong password: %s', async (username, code, advice) => {
    await expect(apig.login(username, 'Wrong-pass-7')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(advice) as string,
    });
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('an unconfirmed user is told how to confirm', async () => {
    await expect(apig.login('unconfirmed', password)).rejects.toMatchObject({
      code: 'UserNotConfirmed',
      message: expect.stringContaining('confirmSignUp') as string,
    });
  });

  test('no error of a login shows the password', async () => {
    const error: unknown = await apig.login('user@example.com', 'Wrong-pass-7').catch((reason: unknown) => reason);
    expect(inspect(error, { depth: 10 })).not.toContain('Wrong-pass-7');
  });

  test('a failed login leaves the earlier user logged in', async () => {
    const user = await apig.login('user@example.com', password);
    await expect(apig.login('totp', 'Wrong-pass-7')).rejects.toMatchObject({ code: 'WrongPassword' });
    expect(apig.getCurrentUser()?.getUsername()).toBe(user.getUsername());
  });

  test('an unknown app client', async () => {
    const cognito = { ...aws.config.cognito, APP_CLIENT_ID: '1h57kf5cpq17m0eml12example' };
    await expect(createApig({ ...aws.config, cognito }).login('user@example.com', password)).rejects.toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringContaining('cognito.APP_CLIENT_ID') as string,
    });
  });

  test('an endpoint that nothing listens on', async () => {
    const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: await closedPort() };
    await expect(createApig({ ...aws.config, cognito }).login('user@example.com', password)).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringContaining('cognito.USER_POOL_ENDPOINT') as string,
    });
  });

  test.each([
    ['JSON that is something else', '{"hello":1}'],
    ['a page', '<!doctype html>'],
    ['truncated JSON', '{"ChallengeName":"PASSWORD_VER'],
  ])('an endpoint that answers with %s', async (_name, text) => {
    const server = await answering((respond) => {
      respond(text);
    });
    const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
    const login = createApig({ ...aws.config, cognito }).login('user@example.com', password);
    await expect(login).rejects.toMatchObject({ code: 'UnexpectedResponse' });
  });

  test('an endpoint that never answers', async () => {
    const server = await answering(() => undefined);
    const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
    const login = createApig({ ...aws.config, cognito }, { authTimeout: 50 }).login('user@example.com', password);
    await expect(login).rejects.toMatchObject({ code: 'Unreachable' });
  });
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
      await new Promise((resolve) => setTimeout(resolve, 20));
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
    expect(shown).toMatchObject({ name: 'MFA_SETUP', secretCode: expect.stringMatching(/^[A-Z2-7]{16,}$/) as string });
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

describe('accounts', () => {
  test('sign-up, confirmation, login, change of password', async () => {
    const username = 'new@example.com';
    const signedUp = await apig.signUp(username, password, { email: username });
    expect(signedUp).toMatchObject({ userConfirmed: false, codeDelivery: { medium: 'EMAIL' } });
    expect(signedUp.userSub).toMatch(/^[0-9a-f-]{36}$/);
    await expect(apig.confirmSignUp(username, '000000')).rejects.toMatchObject({ code: 'CodeMismatch' });
    await apig.resendConfirmationCode(username);
    await apig.confirmSignUp(username, aws.userPool.codes(username).at(-1)!.code);
    await apig.login(username, password);
    await apig.changePassword(password, 'Another-1-pass');
    await apig.logout();
    await expect(apig.login(username, password)).rejects.toMatchObject({ code: 'WrongPassword' });
    await apig.login(username, 'Another-1-pass');
  });

  test('a forgotten password', async () => {
    const username = 'forgetful@example.com';
    await apig.signUp(username, password, { email: username });
    await apig.confirmSignUp(username, aws.userPool.codes(username).at(-1)!.code);
    expect(await apig.forgotPassword(username)).toMatchObject({ medium: 'EMAIL' });
    const { code } = aws.userPool.codes(username).at(-1)!;
    await apig.resetPassword(username, code, 'Another-1-pass');
    await apig.login(username, 'Another-1-pass');
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a name that is taken',
      () => apig.signUp('user@example.com', password, { email: 'user@example.com' }),
      'UserExists',
    ],
    [
      'a weak password',
      () => apig.signUp('weak@example.com', 'weakness', { email: 'weak@example.com' }),
      'InvalidPassword',
    ],
    ['no one logged in', () => apig.changePassword(password, 'Another-1-pass'), 'NotLoggedIn'],
  ])('%s', async (_name, run, code) => {
    await expect(run()).rejects.toMatchObject({ code });
  });
});

function mfaOf(username: string) {
  if (username === 'sms') return { mfa: 'SMS' as const };
  if (username === 'totp') return { mfa: 'TOTP' as const };
  return username === 'both' ? { mfa: ['SMS', 'TOTP'] as const } : {};
}

async function answering(answer: (respond: (text: string) => void) => void) {
  const server = createServer((request, response) => {
    request.resume();
    answer((text) => response.end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  others.push({ stop });
  return { stop, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function closedPort(): Promise<string> {
  const server = await answering(() => undefined);
  await server.stop();
  return server.url;
}
