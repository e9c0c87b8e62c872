/** Who holds a password alone gets no further than AWS lets them once a second factor is there. */
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool, UserPoolOptions } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';

const password = 'Passw0rd!';
const username = 'user@example.com';
const started: LocalUserPool[] = [];
afterAll(() => Promise.all(started.map((pool) => pool.stop())));

type Answer = Record<string, unknown> & { Session?: string; AuthenticationResult?: { AccessToken: string } };

/** The pool's clock stands still, so that a code is good for as long as a test takes. */
const now = () => new Date('2026-11-27T12:00:10Z');

async function start(options: UserPoolOptions) {
  const pool = await startUserPool({ users: [{ username, password }], now, ...options });
  started.push(pool);
  const call = async (operation: string, input: object): Promise<Answer> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    };
    const response = await fetch(pool.url, { method: 'POST', headers, body: JSON.stringify(input) });
    return (await response.json()) as Answer;
  };
  const ClientId = pool.clientId;
  const logIn = () =>
    call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    });
  const answerSetup = (Session: unknown) =>
    call('RespondToAuthChallenge', {
      ClientId,
      ChallengeName: 'MFA_SETUP',
      Session,
      ChallengeResponses: { USERNAME: username },
    });
  const setUp = async (first: Answer) => {
    const { SecretCode, Session } = await call('AssociateSoftwareToken', { Session: first.Session });
    const secret = String(SecretCode);
    const verified = await call('VerifySoftwareToken', { Session, UserCode: totpCode(secret, now()) });
    return { secret, verified };
  };
  return { pool, call, logIn, answerSetup, setUp, ClientId };
}

test('a login from before the second factor was set up cannot set up another', async () => {
  const { logIn, answerSetup, setUp } = await start({ mfa: 'ON' });
  const [early, own] = [await logIn(), await logIn()];
  const { verified } = await setUp(own);
  expect(await answerSetup(verified.Session)).toHaveProperty('AuthenticationResult');
  expect((await setUp(early)).verified).toMatchObject({ __type: 'NotAuthorizedException' });
});

test('an authenticator app stays good until the next one is verified', async () => {
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const users = [{ username, password, mfa: 'TOTP' as const, totpSecret: SECRET }];
  const { call, logIn, ClientId, pool } = await start({ users });
  const logInWith = async (secret: string, time = now()) => {
    const { Session } = await logIn();
    return call('RespondToAuthChallenge', {
      ClientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session,
      ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, time) },
    });
  };
  const { AuthenticationResult } = await logInWith(SECRET);
  const { AccessToken } = AuthenticationResult!;
  const { SecretCode } = await call('AssociateSoftwareToken', { AccessToken });
  expect(await logInWith(String(SecretCode))).toMatchObject({ __type: 'CodeMismatchException' });
  expect(await pool.totp(username)).toBe(totpCode(SECRET, new Date(now().getTime() + 30_000)));
  await call('VerifySoftwareToken', { AccessToken, UserCode: totpCode(String(SecretCode), now()) });
  expect(await logInWith(SECRET)).toMatchObject({ __type: 'CodeMismatchException' });
});

test('without a password nobody comes in who has a second factor', async () => {
  const users = [
    { username, password, mfa: 'EMAIL' as const },
    { username: 'other@example.com', password },
  ];
  const { call, ClientId } = await start({ users, mfa: 'OPTIONAL', firstFactors: ['PASSWORD', 'EMAIL_OTP'] });
  const choices = async (USERNAME: string) => {
    const input = { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME } };
    return (await call('InitiateAuth', input)).AvailableChallenges;
  };
  expect(await choices(username)).toEqual(['PASSWORD_SRP', 'PASSWORD']);
  expect(await choices('other@example.com')).toContain('EMAIL_OTP');
});
