import { inspect } from 'node:util';
import { createApig } from '../../src/apig/index';
import type { ApigConfig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { answer, closeAll, startServer } from '../signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const password = 'Passw0rd!';
/** The clock of both sides: tests move it. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const minutes = (count: number) => {
  ahead += count * 60_000;
};

let aws: LocalAws;
beforeAll(async () => {
  const users = [
    { username: 'user', password },
    { username: 'other', password },
    { username: 'temporary', password, mustChangePassword: true },
  ];
  aws = await startLocalAws({ userPool: { users }, now });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

afterEach(() => {
  for (const part of ['authFailures', 'accountOperations', 'challengeAnswers'])
    jest.dontMock(`../../src/cognito/${part}`);
});

/** The chain as a page has it that is offline, or older than what the server still has: that part cannot be loaded. */
function without(part: string): { create: typeof createApig; asked: jest.Mock } {
  const asked = jest.fn(() => {
    throw new Error(`Failed to fetch dynamically imported module: ${part}`);
  });
  let create: typeof createApig | undefined;
  jest.isolateModules(() => {
    jest.doMock(`../../src/cognito/${part}`, asked);
    create = jest.requireActual<{ createApig: typeof createApig }>('../../src/apig/index').createApig;
  });
  return { create: create!, asked };
}

const at = (USER_POOL_ENDPOINT: string): ApigConfig => ({
  ...aws.config,
  cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT },
});
const reasonOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((reason: unknown) => reason);

describe('without the meanings of failures', () => {
  test('a refusal says what the service said, with its cause and no secret', async () => {
    const { create, asked } = without('authFailures');
    const refusal = {
      __type: 'NotAuthorizedException',
      message: `Incorrect password ${password} for eyJhbGciOiJI.eyJzdWIi.c2ln`,
    };
    const server = await startServer(answer(400, {}, JSON.stringify(refusal)));
    const error = await reasonOf(create(at(server.url)).login('user', password));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(error).toMatchObject({
      name: 'AuthError',
      code: 'UnexpectedResponse',
      message:
        'Logging in failed: Incorrect password [hidden] for [hidden] (NotAuthorizedException, from the user pool)',
      cause: { code: 'NotAuthorizedException' },
    });
    expect(inspect(error, { depth: 10 })).not.toMatch(/Passw0rd|eyJ/);
  });

  test('where there is no network, the advice is the same as ever: nothing is loaded for it', async () => {
    const { create, asked } = without('authFailures');
    const error = await reasonOf(create(at('http://127.0.0.1:9')).login('user', password));
    expect(error).toMatchObject({
      name: 'AuthError',
      code: 'Unreachable',
      message:
        'Logging in failed: no answer from the user pool at http://127.0.0.1:9. ' +
        'Check the network and cognito.USER_POOL_ENDPOINT, and try again.',
    });
    expect(asked).not.toHaveBeenCalled();
  });

  test('likewise for the identity pool', async () => {
    const { create } = without('authFailures');
    const refused = await reasonOf(create(aws.config).getAwsCredentials('not-a-token'));
    expect(refused).toMatchObject({
      name: 'AuthError',
      code: 'IdentityPoolRefused',
      message: expect.stringMatching(/^Getting credentials failed: .*Exception, from the identity pool\)$/) as string,
    });
    const cognito = { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: 'http://127.0.0.1:9' };
    const unreached = await reasonOf(create({ ...aws.config, cognito }).getAwsCredentials('not-a-token'));
    expect(unreached).toMatchObject({
      code: 'Unreachable',
      message: expect.stringContaining('cognito.IDENTITY_POOL_ENDPOINT') as string,
    });
  });
});

describe('without the meanings of failures, what happens next is the same', () => {
  test('a refused refresh token ends the session', async () => {
    const apig = without('authFailures').create(aws.config, { now });
    const elsewhere = createApig(aws.config, { now });
    await apig.login('other', password);
    await elsewhere.login('other', password);
    await elsewhere.logout({ global: true });
    minutes(60);
    await expect(apig.getUserToken()).rejects.toMatchObject({ name: 'AuthError', code: 'SessionExpired' });
    expect(apig.getCurrentUser()).toBeNull();
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'NotLoggedIn' });
  });

  test('signing out everywhere where that has been done before is no failure', async () => {
    const apig = without('authFailures').create(aws.config, { now });
    const elsewhere = createApig(aws.config, { now });
    await apig.login('other', password);
    await elsewhere.login('other', password);
    await elsewhere.logout({ global: true });
    await expect(apig.logout({ global: true })).resolves.toBeUndefined();
  });

  test('a token that the identity pool finds too old is renewed', async () => {
    // A clock that stands still on the device: to it, the token never grows old.
    const started = now();
    const apig = without('authFailures').create(aws.config, { now: () => started });
    await apig.login('user', password);
    minutes(61);
    await expect(apig.getAwsCredentials()).resolves.toHaveProperty('accessKeyId');
  });

  test('a wrong password is one, and not shown', async () => {
    const error = await reasonOf(without('authFailures').create(aws.config, { now }).login('user', 'Wr0ng-passw0rd'));
    expect(error).toMatchObject({
      code: 'WrongPassword',
      message: 'Logging in failed: Incorrect username or password. (NotAuthorizedException, from the user pool)',
    });
    expect(inspect(error, { depth: 10 })).not.toContain('Wr0ng');
  });

  test.each([
    ['SessionExpired', 'Refresh Token has been revoked'],
    ['SessionExpired', 'Refresh Token has expired'],
    ['SessionExpired', 'Invalid Refresh Token'],
    ['SessionExpired', 'Access Token has been revoked'],
    ['SessionExpired', 'Invalid session for the user, session is expired.'],
    ['WrongPassword', 'Incorrect username or password.'],
  ])('%s: %s', async (code, message) => {
    const refusal = JSON.stringify({ __type: 'NotAuthorizedException', message });
    const server = await startServer(answer(400, {}, refusal));
    const [late, early] = [createApig, without('authFailures').create];
    const reasons = await Promise.all(
      [late, early].map((create) => reasonOf(create(at(server.url)).login('user', password))),
    );
    expect(reasons).toMatchObject([{ code }, { code }]);
  });

  test.each(['Invalid login token. Token expired: 1440796560 >= 1440796500', 'Token is not from a supported provider'])(
    'IdentityPoolRefused: %s',
    async (message) => {
      const refusal = JSON.stringify({ __type: 'NotAuthorizedException', message });
      const server = await startServer(answer(400, {}, refusal));
      const config = { ...aws.config, cognito: { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: server.url } };
      const [late, early] = [createApig, without('authFailures').create];
      const reasons = await Promise.all(
        [late, early].map((create) => reasonOf(create(config).getAwsCredentials('token'))),
      );
      const code = 'IdentityPoolRefused';
      expect(reasons).toMatchObject([{ code }, { code }]);
    },
  );
});

test.each<[string, (apig: ReturnType<typeof createApig>) => Promise<unknown>]>([
  ['signUp', (apig) => apig.signUp('new', password)],
  ['forgotPassword', (apig) => apig.forgotPassword('user')],
  ['resetPassword', (apig) => apig.resetPassword('user', '123456', 'Another-1-pass')],
])('without the operations of accounts, %s says that it could not be loaded', async (name, run) => {
  const error = await reasonOf(run(without('accountOperations').create(aws.config)));
  expect(error).toMatchObject({
    name: 'AuthError',
    code: 'Unreachable',
    message: expect.stringMatching(new RegExp(`^${name} failed: .*could not be loaded.*reload`)) as string,
    cause: { message: expect.stringContaining('Failed to fetch') as string },
  });
  expect(inspect(error, { depth: 10 })).not.toMatch(/Passw0rd|Another-1/);
});

test('without the answers to challenges, the login says so, and nobody is logged in', async () => {
  const apig = without('challengeAnswers').create(aws.config);
  const login = apig.login('temporary', password, { newPassword: () => 'Another-1-pass' });
  await expect(login).rejects.toMatchObject({
    code: 'Unreachable',
    message: expect.stringMatching(/^Logging in failed: .*could not be loaded/) as string,
  });
  expect(apig.getCurrentUser()).toBeNull();
});

test('a password is changed for whoever asks, not for whoever is logged in once that is loaded', async () => {
  const apig = createApig(aws.config);
  await apig.login('user', password);
  const change = expect(apig.changePassword(password, 'Another-1-pass')).rejects.toMatchObject({
    code: 'SessionChanged',
  });
  await apig.logout();
  await change;
  await apig.login('user', password);
});
