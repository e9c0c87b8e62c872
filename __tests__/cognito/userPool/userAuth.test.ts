/** The flow USER_AUTH, from the login to a signed call: passwords, codes by e-mail and SMS, passkeys; and codes by e-mail as second factor. */
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createApig, deletePasskey, listPasskeys } from '../../../src/apig/index';
import type { Apig, LoginCallbacks } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { rejection } from '../../support/signedFetchHarness';
import { softAuthenticator } from '../../support/softAuthenticator';

const password = 'Passw0rd!';
const started: LocalAws[] = [];
afterAll(() => Promise.all(started.map((aws) => aws.stop())));

async function start(userPool: UserPoolOptions = {}) {
  const aws = await startLocalAws({
    userPool: {
      users: [
        { username: 'user@example.com', password, attributes: { phone_number: '+15555550123' } },
        { username: 'mail', password, mfa: 'EMAIL' },
        { username: 'several', password, mfa: ['EMAIL', 'TOTP'] },
      ],
      firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
      ...userPool,
    },
    apiGateway: { handler: (_request, { identityId }) => Response.json(identityId) },
  });
  started.push(aws);
  const apig = createApig(aws.config, { authFlow: 'USER_AUTH' });
  const lastCode = (name: string) => aws.userPool.codes(name).at(-1)!.code;
  return { aws, apig, lastCode };
}

const call = (apig: Pick<Apig, 'invokeApig'>) => apig.invokeApig<string>({ path: '/' });
const identityId = expect.stringMatching(/^us-east-1:/) as string;

/** A passkey for the user who is logged in, as a page would make it. */
async function register(apig: Apig) {
  const authenticator = softAuthenticator();
  const { CredentialCreationOptions: options } = await apig.callUserPool('StartWebAuthnRegistration');
  const Credential = authenticator.create(options as { challenge: string; rp: { id: string } });
  await apig.callUserPool('CompleteWebAuthnRegistration', { Credential });
  return authenticator;
}

test('a password goes over SRP, with one request for the challenge', async () => {
  const { aws, apig } = await start();
  const sent: string[] = [];
  const watched = createApig(aws.config, {
    authFlow: 'USER_AUTH',
    fetch: async (input, init) => {
      sent.push(`${new Headers(init?.headers).get('x-amz-target')?.split('.')[1]} ${init?.body as string}`);
      return fetch(input, init);
    },
  });
  await watched.login('user@example.com', password);
  expect(await call(watched)).toEqual(identityId);
  expect(sent.map((one) => one.split(' ')[0]).slice(0, 2)).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  expect(sent.join()).not.toContain(password);
  expect(await rejection(apig.login('user@example.com', 'Wrong-pass-7'))).toMatchObject({ code: 'WrongPassword' });
});

test.each([
  ['EMAIL_OTP', 'user@example.com', 'u***@e***'],
  ['SMS_OTP', 'user@example.com', '+*******0123'],
] as const)('%s: a code in place of the password', async (wanted, name, destination) => {
  const { apig, lastCode } = await start();
  const seen: unknown[] = [];
  const callbacks: LoginCallbacks = {
    selectChallenge: (challenge) => (seen.push(challenge), wanted),
    mfaCode: (challenge) => (seen.push(challenge), lastCode(name)),
  };
  await apig.login(name, undefined, callbacks);
  expect(seen).toEqual([
    { name: 'SELECT_CHALLENGE', choices: ['EMAIL_OTP', 'SMS_OTP'] },
    { name: wanted, destination },
  ]);
  expect(await call(apig)).toEqual(identityId);
});

test('a passkey: registered, listed, logged in with, deleted', async () => {
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const identity = await call(apig);
  const authenticator = await register(apig);
  const [passkey, ...others] = await listPasskeys(apig);
  expect(others).toEqual([]);
  expect(passkey).toEqual({
    id: authenticator.id,
    name: 'Passkey 1',
    relyingPartyId: 'localhost',
    createdAt: expect.any(Date) as Date,
  });
  await apig.logout();

  const asked = jest.fn(({ options }: { options: object }) =>
    authenticator.get(options as { challenge: string; rpId: string }),
  );
  await apig.login('user@example.com', undefined, { passkey: asked, mfaCode: () => 'unused' }); // the passkey goes first
  expect(asked).toHaveBeenCalledWith({
    name: 'WEB_AUTHN',
    options: expect.objectContaining({ rpId: 'localhost', userVerification: 'preferred' }) as object,
  });
  expect(await call(apig)).toBe(identity);
  await deletePasskey(apig, authenticator.id);
  expect(await listPasskeys(apig)).toEqual([]);
  expect(await rejection(deletePasskey(apig, authenticator.id))).toMatchObject({ name: 'AuthError' });
});

test('a list of many passkeys is read to its end', async () => {
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const made = [];
  for (let i = 0; i < 3; i++) made.push((await register(apig)).id);
  const paged: Pick<Apig, 'callUserPool'> = {
    callUserPool: (operation, input) => apig.callUserPool(operation, { ...input, MaxResults: 1 }),
  };
  expect((await listPasskeys(paged)).map(({ id }) => id)).toEqual(made);
});

describe('what cannot be gone through is named', () => {
  test.each<[string, LoginCallbacks, UserPoolOptions, object]>([
    ['no callback at all', {}, { firstFactors: ['EMAIL_OTP'] }, { name: 'LoginChallengeError', callback: 'mfaCode' }],
    ['no password', {}, { firstFactors: ['PASSWORD'] }, { name: 'LoginChallengeError', callback: 'password' }],
    [
      'a choice that there is not',
      { selectChallenge: () => 'WEB_AUTHN', mfaCode: () => '1' },
      {},
      { code: 'InvalidInput', message: 'selectChallenge: expected EMAIL_OTP or SMS_OTP, got a string of 9 characters' },
    ],
    ['a wrong code', { mfaCode: () => '000000' }, {}, { code: 'CodeMismatch' }],
    [
      'no code',
      { mfaCode: () => '' },
      {},
      { code: 'InvalidInput', message: 'mfaCode: expected the code, as text, got none' },
    ],
  ])('%s', async (_, callbacks, options, expected) => {
    const { apig } = await start(options);
    expect(await rejection(apig.login('user@example.com', undefined, callbacks))).toMatchObject(expected);
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('a passkey that is none', async () => {
    const { apig } = await start();
    await apig.login('user@example.com', password);
    const authenticator = await register(apig);
    await apig.logout();
    const sign = (passkey: LoginCallbacks['passkey']) =>
      rejection(apig.login('user@example.com', undefined, { passkey: passkey! }));
    expect(await sign(() => 'a text' as never)).toMatchObject({ code: 'InvalidInput' });
    const cancelled = new Error('cancelled');
    expect(await sign(() => Promise.reject(cancelled))).toBe(cancelled);
    const elsewhere = await sign(({ options }) =>
      authenticator.get(options as never, { origin: 'https://evil.example' }),
    );
    expect(elsewhere).toMatchObject({ code: 'InvalidConfig' });
    const forged = await sign(({ options }) => softAuthenticator().get(options as never, { id: authenticator.id }));
    expect(forged).toMatchObject({ code: 'NotAuthorized' });
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('without a password the other flows have nothing to prove; the tutorial’s entry has no USER_AUTH', async () => {
    const { aws } = await start();
    const error = await rejection(createApig(aws.config).login('user@example.com', undefined, { mfaCode: () => '1' }));
    expect(error).toMatchObject({ code: 'InvalidInput', message: 'password: expected text, got undefined' });
    expect(() => createApigWithLibrary(aws.config, { authFlow: 'USER_AUTH' })).toThrow(
      'authFlow: expected USER_SRP_AUTH or USER_PASSWORD_AUTH, got',
    );
  });
});

test('a second factor by e-mail, alone and among others', async () => {
  const { aws, lastCode } = await start();
  const apig = createApig(aws.config);
  const mfaCode = jest.fn(() => lastCode('mail'));
  await apig.login('mail', password, { mfaCode });
  expect(mfaCode).toHaveBeenCalledWith({ name: 'EMAIL_OTP', destination: 'u***@e***' });
  expect(await call(apig)).toEqual(identityId);
  const selectMfa = jest.fn(() => 'EMAIL_OTP' as const);
  await apig.login('several', password, { selectMfa, mfaCode: () => lastCode('several') });
  expect(selectMfa).toHaveBeenCalledWith({ name: 'SELECT_MFA_TYPE', choices: ['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] });
  expect(await call(apig)).toEqual(identityId);
});

test('where a second factor is a must, nobody comes in without a password', async () => {
  const { apig } = await start({ mfa: 'ON' });
  const error = await rejection(apig.login('user@example.com', undefined, { mfaCode: () => '1' }));
  expect(error).toMatchObject({ name: 'LoginChallengeError', callback: 'password' });
});

describe('over AWS SDK v3', () => {
  async function wire(options: UserPoolOptions = {}) {
    const { aws } = await start(options);
    const client = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: aws.userPool.url });
    const ClientId = aws.userPool.clientId;
    return {
      aws,
      begin: (AuthParameters: Record<string, string>) =>
        client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters })),
      answer: (
        ChallengeName: 'SELECT_CHALLENGE' | 'EMAIL_OTP',
        Session: string | undefined,
        responses: Record<string, string>,
      ) =>
        client.send(
          new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses: responses }),
        ),
    };
  }
  const USERNAME = 'user@example.com';

  test('what there is to choose from; a password that is sent', async () => {
    const { begin, answer } = await wire();
    const asked = await begin({ USERNAME });
    expect(asked.ChallengeName).toBe('SELECT_CHALLENGE');
    expect(asked.AvailableChallenges!.sort()).toEqual(['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP']);
    const given = { USERNAME, ANSWER: 'PASSWORD', PASSWORD: password };
    expect((await answer('SELECT_CHALLENGE', asked.Session, given)).AuthenticationResult).toBeDefined();
    expect(await rejection(answer('SELECT_CHALLENGE', asked.Session, given))).toMatchObject({
      name: 'NotAuthorizedException',
    });
    const preferred = await begin({ USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password });
    expect(preferred.AuthenticationResult).toBeDefined();
  });

  test('a choice is the user’s own, and one that there is', async () => {
    const { begin, answer } = await wire();
    const { Session } = await begin({ USERNAME });
    for (const [given, name] of [
      [{ USERNAME: 'mail', ANSWER: 'EMAIL_OTP' }, 'NotAuthorizedException'],
      [{ USERNAME, ANSWER: 'WEB_AUTHN' }, 'InvalidParameterException'],
    ] as const) {
      expect(await rejection(answer('SELECT_CHALLENGE', Session, given))).toMatchObject({ name });
    }
  });

  test('a pool that hides who exists tells nothing: the same choices, a code that is always wrong', async () => {
    const { begin, answer } = await wire({ preventUserExistenceErrors: true, firstFactors: ['PASSWORD', 'EMAIL_OTP'] });
    const shown = [];
    for (const name of ['user@example.com', 'nobody@example.com']) {
      const asked = await begin({ USERNAME: name });
      const user = asked.ChallengeParameters!.USER_ID_FOR_SRP!;
      const sent = await answer('SELECT_CHALLENGE', asked.Session, { USERNAME: name, ANSWER: 'EMAIL_OTP' });
      const wrong = await rejection(answer('EMAIL_OTP', sent.Session, { USERNAME: user, EMAIL_OTP_CODE: '00000' }));
      shown.push({
        available: asked.AvailableChallenges,
        name: sent.ChallengeName,
        form: sent.ChallengeParameters!.CODE_DELIVERY_DESTINATION!.replace(/\w/g, 'x'),
        wrong: `${(wrong as Error).name}: ${(wrong as Error).message}`,
      });
    }
    expect(shown[1]).toEqual(shown[0]);
  });
});
