/** Answers of the app's callbacks that are none: the error says which callback it was and what it may give, and nothing is sent. */
import { createApig } from '../../../src/apig/index';
import type { Apig, ApigOptions, LoginCallbacks } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../../src/local';
import { totpCode } from '../../../src/local/userPool/totp';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

const password = 'Passw0rd!';
const running: LocalAws[] = [];
afterAll(() => Promise.all([...running.map((aws) => aws.stop()), closeAll()]));

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocal({
    users: [
      { username: 'user@example.com', password },
      { username: 'temporary', password, mustChangePassword: true, attributes: { name: 'A' } },
      { username: 'sms', password, mfa: 'SMS' },
      { username: 'totp', password, mfa: 'TOTP' },
      { username: 'both', password, mfa: ['SMS', 'TOTP'] },
      { username: 'custom', password, customChallenge: { parameters: { q: 'colour' }, verify: () => true } },
    ],
  });
});

async function startLocal(userPool: LocalAwsOptions['userPool']): Promise<LocalAws> {
  const started = await startLocalAws({ userPool });
  running.push(started);
  return started;
}

/** An instance, and the operations that it asks of the user pool. */
function watched(options: ApigOptions = {}, config = aws.config): { apig: Apig; asked: string[] } {
  const asked: string[] = [];
  const send: typeof fetch = (input, init) => {
    asked.push(new Headers(init?.headers).get('x-amz-target')!.replace(/^.*\./, ''));
    return fetch(input, init);
  };
  return { apig: createApig(config, { fetch: send, ...options }), asked };
}

const proven = ['InitiateAuth', 'RespondToAuthChallenge'];

test.each<[string, string, (given: never) => LoginCallbacks]>([
  [
    'temporary',
    'newPassword: expected the new password as text, or { newPassword, attributes }',
    (given) => ({ newPassword: () => (typeof given === 'number' ? { newPassword: given } : given) }),
  ],
  ['sms', 'mfaCode: expected the code, as text', (given) => ({ mfaCode: () => given })],
  ['totp', 'totpCode: expected the code, as text', (given) => ({ totpCode: () => given })],
  ['both', 'selectMfa: expected SMS_MFA or SOFTWARE_TOKEN_MFA', (given) => ({ selectMfa: () => given })],
  ['custom', 'customChallenge: expected the answer, as text', (given) => ({ customChallenge: () => given })],
])('%s: %s', async (username, expected, callbacks) => {
  for (const [given, came] of [
    [undefined, 'undefined'],
    ['', 'none'],
    [123456, 'a number'],
  ]) {
    const { apig, asked } = watched();
    expect(await rejection(apig.login(username, password, callbacks(given as never)))).toMatchObject({
      code: 'InvalidInput',
      message: `${expected}, got ${came}`,
    });
    expect(asked).toEqual(proven);
    expect(apig.getCurrentUser()).toBeNull();
  }
});

test('custom challenges are asked for with their parameters, and need their callback', async () => {
  const customChallenge = jest.fn(() => 'blue');
  await watched().apig.login('custom', password, { customChallenge });
  expect(customChallenge).toHaveBeenCalledWith({
    name: 'CUSTOM_CHALLENGE',
    parameters: expect.objectContaining({ q: 'colour' }) as object,
  });
});

test('a code for an authenticator app that is being set up', async () => {
  const { config } = await startLocal({ users: [{ username: 'new', password }], mfa: 'ON' });
  const { apig, asked } = watched({}, config);
  expect(await rejection(apig.login('new', password, { setupTotp: () => '' }))).toMatchObject({
    code: 'InvalidInput',
    message: 'setupTotp: expected the code, as text, got none',
  });
  expect(asked).toEqual([...proven, 'AssociateSoftwareToken']);
  asked.length = 0;
  expect(await rejection(apig.login('new', password))).toMatchObject({ challenge: 'MFA_SETUP', callback: 'setupTotp' });
  expect(asked).toEqual(proven); // no secret is asked for that no one could see
  let username: string | undefined;
  await apig.login('new', password, {
    setupTotp(challenge) {
      ({ username } = challenge);
      return totpCode(challenge.secretCode, new Date());
    },
  });
  expect(username).toBe('new');
});

test('a passkey that is none, and none to be had', async () => {
  const { config } = await startLocal({ users: [{ username: 'user@example.com', password }] });
  const server = await startServer(() =>
    Response.json({
      ChallengeName: 'WEB_AUTHN',
      ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: 'not JSON' },
      Session: 's',
    }),
  );
  const at = { ...config, cognito: { ...config.cognito, USER_POOL_ENDPOINT: server.url } };
  const { apig } = watched({ authFlow: 'USER_AUTH' }, at);
  const passkey = jest.fn(() => 'a text' as never);
  expect(await rejection(apig.login('user@example.com', undefined, { passkey }))).toMatchObject({
    code: 'InvalidInput',
    message: 'passkey: expected a credential in JSON form, got a string of 6 characters',
  });
  expect(passkey).toHaveBeenCalledWith({ name: 'WEB_AUTHN', options: {} });
  expect(await rejection(apig.login('user@example.com', undefined, { mfaCode: () => '1' }))).toMatchObject({
    name: 'LoginChallengeError',
    challenge: 'WEB_AUTHN',
    callback: 'passkey',
  });
  expect(server.seen).toHaveLength(2);
});

describe('what a callback gives is in no error, though the service repeats it', () => {
  test.each<[string, object, LoginCallbacks, string]>([
    ['SMS_MFA', {}, { mfaCode: () => 'c0de-918273' }, 'c0de-918273'],
    ['SOFTWARE_TOKEN_MFA', {}, { totpCode: () => 'c0de-918273' }, 'c0de-918273'],
    ['NEW_PASSWORD_REQUIRED', {}, { newPassword: () => 'N3w-secret' }, 'N3w-secret'],
    ['CUSTOM_CHALLENGE', {}, { customChallenge: () => 'blue-918273' }, 'blue-918273'],
  ])('%s', async (ChallengeName, ChallengeParameters, callbacks, secret) => {
    let sent = '';
    const server = await startServer(
      () => Response.json({ ChallengeName, ChallengeParameters, Session: 's' }),
      async (request) => {
        sent = await request.text();
        return Response.json({ __type: 'InvalidParameterException', message: `cannot take ${sent}` }, { status: 400 });
      },
    );
    const at = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
    const { apig } = watched({ authFlow: 'USER_PASSWORD_AUTH' }, at);
    const error = (await rejection(apig.login('user@example.com', password, callbacks))) as Error;
    expect(sent).toContain(secret);
    expect(error.message).toContain('cannot take');
    expect(`${error.message} ${(error.cause as Error).message}`).not.toContain(secret);
  });
});

test('a new password comes with the attributes that the pool asks for, by their own names', async () => {
  let answer: Record<string, unknown> = {};
  const server = await startServer(
    () =>
      Response.json({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeParameters: {
          userAttributes: '{"email":"user@example.com"}',
          requiredAttributes:
            '["userAttributes.name","userAttributes.custom:userAttributes.plan","my-userAttributes.x"]',
        },
        Session: 's',
      }),
    async (request) => {
      answer = (await request.json()) as Record<string, unknown>;
      return Response.json({ __type: 'InvalidPasswordException', message: 'No.' }, { status: 400 });
    },
  );
  const at = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
  const { apig } = watched({ authFlow: 'USER_PASSWORD_AUTH' }, at);
  const newPassword = jest.fn(() => ({ newPassword: 'N3w-secret', attributes: { name: 'A' } }));
  expect(await rejection(apig.login('user@example.com', password, { newPassword }))).toMatchObject({
    code: 'InvalidPassword',
  });
  expect(newPassword).toHaveBeenCalledWith({
    name: 'NEW_PASSWORD_REQUIRED',
    userAttributes: { email: 'user@example.com' },
    requiredAttributes: ['name', 'custom:userAttributes.plan', 'my-userAttributes.x'],
  });
  expect(answer).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeResponses: { USERNAME: 'user@example.com', NEW_PASSWORD: 'N3w-secret', 'userAttributes.name': 'A' },
  });
});

test('of two callbacks that could give the code of an authenticator app, its own is asked', async () => {
  const [totpCode, mfaCode] = [jest.fn(() => aws.userPool.totp('totp')), jest.fn(() => '000000')];
  await watched().apig.login('totp', password, { totpCode, mfaCode });
  expect(totpCode).toHaveBeenCalledWith({ name: 'SOFTWARE_TOKEN_MFA', destination: undefined });
  expect(mfaCode).not.toHaveBeenCalled();
});
