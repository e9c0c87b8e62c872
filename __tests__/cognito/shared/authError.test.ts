/** What the pools' failures become: codes to switch on, and words that betray nothing. */
import { createAccount } from '../../../src/cognito/index.js';
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import type { Apig, ApigConfig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { answer, closeAll, startServer } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const password = 'Passw0rd!';
const username = 'user@example.com';
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

const at = (USER_POOL_ENDPOINT: string): ApigConfig => ({
  ...aws.config,
  cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT },
});
const reasonOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((reason: unknown) => reason);

async function loggedIn(config?: ApigConfig): Promise<Apig> {
  const apig = createApig(config ?? aws.config);
  await apig.login(username, password);
  return apig;
}

describe('a password that stands in AWS’s own sentences', () => {
  test.each(['password', 'user', 'username', 'Incorrect'])(
    '%s is wrong as any other, and not betrayed',
    async (word) => {
      await expect(createApig(aws.config).login(username, word)).rejects.toMatchObject({
        code: 'WrongPassword',
        message: expect.stringMatching(/^Logging in failed: Incorrect username or password\. Check both/) as string,
      });
    },
  );

  test('is too weak as any other', async () => {
    const apig = await loggedIn();
    for (const weak of [
      createAccount(apig).signUp('new@example.com', 'Password'),
      createAccount(apig).changePassword(password, 'Password'),
    ])
      await expect(weak).rejects.toMatchObject({ code: 'InvalidPassword' });
    await expect(createAccount(apig).changePassword('password', 'An0ther-pass')).rejects.toMatchObject({
      code: 'WrongPassword',
    });
  });

  test.each([
    'UserLambdaValidationException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'CodeDeliveryFailureException',
    'SerializationException',
    'ThrottlingException',
  ])('is hidden where others’ words repeat it: %s', async (name) => {
    const message = 'PreSignUp failed with error hunter is a bad password.';
    const server = await startServer(answer(400, {}, JSON.stringify({ __type: name, message })));
    const error = await reasonOf(createAccount(createApig(at(server.url))).signUp('new@example.com', 'hunter'));
    expect(error).toMatchObject({ name: 'AuthError', message: expect.stringContaining('[hidden]') as string });
    expect(inspect(error, { depth: 10 })).not.toContain('hunter');
  });
});

test.each(['InternalErrorException', 'ServiceUnavailable'])('%s of the user pool: it failed itself', async (name) => {
  const server = await startServer(answer(500, {}, JSON.stringify({ __type: name, message: 'boom' })));
  const apig = createApig(at(server.url));
  const advice = expect.stringContaining('failed itself') as string;
  for (const run of [apig.login(username, password), createAccount(apig).forgotPassword(username)])
    await expect(run).rejects.toMatchObject({ code: 'Unreachable', message: advice });
});

test.each([undefined, null, ''])('%p as username', async (name) => {
  const apig = await loggedIn();
  await expect(apig.login(name!, password)).rejects.toMatchObject({ name: 'AuthError', code: 'InvalidInput' });
  expect(apig.getCurrentUser()).not.toBeNull();
});

test.each([Infinity, 2 ** 31])('authTimeout %d is no less than any other', async (authTimeout) => {
  await expect(createApig(aws.config, { authTimeout }).login(username, password)).resolves.toBeDefined();
});

test('of a message without end only the start is looked at, and shown', async () => {
  // Each word looks like a key, in six spellings: hidden one by one, 672 kB took 54 s.
  const words = Array.from({ length: 30_000 }, (_, i) => `+/=AKIA${String(i).padStart(13, '0')}`);
  const body = JSON.stringify({ __type: 'NotAuthorizedException', message: words.join(' ') });
  const server = await startServer(answer(400, {}, body));
  const error = (await reasonOf(createApig(at(server.url)).login(username, password))) as Error;
  expect(error.message.length).toBeLessThan(2500);
  expect(inspect(error, { depth: 5 })).not.toContain('AKIA');
});
