/** What a login sends to the user pool: the members that the API reference of Amazon Cognito names, and no others. */
import { createApig } from '../../../src/apig/index';
import type { ApigOptions, LoginCallbacks } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../../src/local';
import { totpCode } from '../../../src/local/userPool/totp';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const running: LocalAws[] = [];
afterAll(() => Promise.all([...running.map((aws) => aws.stop()), closeAll()]));

/** An app at a local user pool, and what it sends there. */
async function watched(userPool: LocalAwsOptions['userPool'] = {}, options: ApigOptions = {}) {
  const aws = await startLocalAws({ userPool: { users: [{ username, password }], ...userPool } });
  running.push(aws);
  const sent: [operation: string, input: Record<string, unknown>][] = [];
  const send: typeof fetch = (input, init) => {
    const operation = new Headers(init?.headers).get('x-amz-target')!.replace(/^.*\./, '');
    sent.push([operation, JSON.parse(init?.body as string) as Record<string, unknown>]);
    return fetch(input, init);
  };
  return { aws, sent, apig: createApig(aws.config, { fetch: send, ...options }) };
}

const text = expect.any(String) as string;
const hex = expect.stringMatching(/^[0-9a-f]+$/) as string;

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html, "AuthParameters"
test.each<[string, ApigOptions, LoginCallbacks, object]>([
  ['USER_SRP_AUTH', {}, {}, { SRP_A: hex }],
  ['CUSTOM_AUTH', {}, { customChallenge: () => 'x' }, { SRP_A: hex, CHALLENGE_NAME: 'SRP_A' }],
  ['USER_AUTH', { authFlow: 'USER_AUTH' }, {}, { SRP_A: hex, PREFERRED_CHALLENGE: 'PASSWORD_SRP' }],
  ['USER_PASSWORD_AUTH', { authFlow: 'USER_PASSWORD_AUTH' }, {}, { PASSWORD: password }],
])('the flow %s', async (AuthFlow, options, callbacks, parameters) => {
  const { aws, apig, sent } = await watched({}, options);
  await apig.login(username, password, callbacks).catch(() => undefined); // the pool may have no challenge of its own
  const { clientId: ClientId } = aws.userPool;
  const AuthParameters = { USERNAME: username, ...parameters };
  expect(sent[0]).toEqual(['InitiateAuth', { ClientId, AuthFlow, AuthParameters }]);
});

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
test('an authenticator app is set up in the session of the login, and the login then goes on', async () => {
  const { aws, apig, sent } = await watched({ mfa: 'ON' });
  const setupTotp = ({ secretCode }: { secretCode: string }) => totpCode(secretCode, new Date());
  await apig.login(username, password, { setupTotp });
  const { clientId: ClientId } = aws.userPool;
  expect(sent.slice(2)).toEqual([
    ['AssociateSoftwareToken', { Session: text }],
    ['VerifySoftwareToken', { Session: text, UserCode: text, FriendlyDeviceName: 'Authenticator app' }],
    [
      'RespondToAuthChallenge',
      { ClientId, ChallengeName: 'MFA_SETUP', Session: text, ChallengeResponses: { USERNAME: text } },
    ],
  ]);
});

test('an answer without the secret is told apart', async () => {
  const { aws } = await watched();
  const server = await startServer(
    () => Response.json({ ChallengeName: 'MFA_SETUP', ChallengeParameters: {}, Session: 's' }),
    () => Response.json({ Session: 't' }),
  );
  const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
  const apig = createApig(config, { authFlow: 'USER_PASSWORD_AUTH' });
  expect(await rejection(apig.login(username, password, { setupTotp: () => '1' }))).toMatchObject({
    code: 'UnexpectedResponse',
    message: expect.stringContaining('the answer holds no secret') as string,
  });
});

test('a choice and a code are sent under the pool’s own name of the user', async () => {
  const { apig, sent } = await watched({ firstFactors: ['PASSWORD', 'EMAIL_OTP'] }, { authFlow: 'USER_AUTH' });
  const login = apig.login(username, undefined, { selectChallenge: () => 'EMAIL_OTP', mfaCode: () => '000000' });
  expect(await rejection(login)).toMatchObject({ code: 'CodeMismatch' });
  const sub = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
  expect(sent.map(([, { ChallengeResponses }]) => ChallengeResponses)).toEqual([
    undefined,
    { USERNAME: sub, ANSWER: 'EMAIL_OTP' },
    { USERNAME: sub, EMAIL_OTP_CODE: '000000' },
  ]);
});

test.each([5, '', null, undefined])('a fingerprint of the device that is no text is not sent: %j', async (given) => {
  const { apig, sent } = await watched({}, { authFlow: 'USER_PASSWORD_AUTH' });
  Reflect.set(globalThis, 'AmazonCognitoAdvancedSecurityData', { getData: () => given });
  try {
    await apig.login(username, password);
    expect(Object.keys(sent[0]![1])).not.toContain('UserContextData');
  } finally {
    Reflect.deleteProperty(globalThis, 'AmazonCognitoAdvancedSecurityData');
  }
});

describe('signing out everywhere', () => {
  test('with an access token that has expired, by a new one', async () => {
    const { aws } = await watched();
    const refused = { __type: 'NotAuthorizedException', message: 'Access Token has expired' };
    const asked: string[] = [];
    const apig = createApig(aws.config, {
      fetch(input, init) {
        asked.push(new Headers(init?.headers).get('x-amz-target')!.replace(/^.*\./, ''));
        const isFirst = asked.filter((operation) => operation === 'GlobalSignOut').length === 1;
        if (asked.at(-1) !== 'GlobalSignOut' || !isFirst) return fetch(input, init);
        return Promise.resolve(Response.json(refused, { status: 400 }));
      },
    });
    await apig.login(username, password);
    asked.length = 0;
    await apig.logout({ global: true });
    expect(asked).toEqual(['GlobalSignOut', 'GetTokensFromRefreshToken', 'GlobalSignOut']);
  });

  test('where no one is logged in, nothing is sent', async () => {
    const { apig, sent } = await watched();
    await expect(apig.logout({ global: true })).resolves.toBeUndefined();
    expect(sent).toEqual([]);
  });

  const refusal =
    (type: string, status = 403) =>
    () =>
      Response.json({ __type: type, message: 'No.' }, { status });
  test.each<[string, () => Response, string]>([
    ['what else the pool refuses', refusal('ForbiddenException'), 'Signing out everywhere failed: No.'],
    ['that it is asked too often', refusal('TooManyRequestsException', 400), 'Signing out everywhere failed: No.'],
    [
      'that no answer comes',
      () => {
        throw new TypeError('fetch failed');
      },
      'Signing out everywhere failed: no answer from the user pool at ',
    ],
  ])('%s is told, by what was being done, and no new tokens are asked for', async (_, answer, message) => {
    const { aws } = await watched();
    let isRefusing = false;
    const asked: string[] = [];
    const apig = createApig(aws.config, {
      async fetch(input, init) {
        asked.push(new Headers(init?.headers).get('x-amz-target')!.replace(/^.*\./, ''));
        return isRefusing ? answer() : fetch(input, init);
      },
    });
    await apig.login(username, password);
    isRefusing = true;
    asked.length = 0;
    expect(await rejection(apig.logout({ global: true }))).toMatchObject({
      name: 'AuthError',
      message: expect.stringContaining(message) as string,
    });
    expect(new Set(asked)).toEqual(new Set(['GlobalSignOut']));
    expect(apig.getCurrentUser()).toBeNull();
  });
});
