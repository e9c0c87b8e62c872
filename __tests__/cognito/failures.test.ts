/** What the pools' failures become: codes to switch on, and words that betray nothing. */
import { inspect } from 'node:util';
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { createApig } from '../../src/apig/index';
import type { Apig, ApigConfig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { answer, closeAll, startServer } from '../signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

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
    for (const weak of [apig.signUp('new@example.com', 'Password'), apig.changePassword(password, 'Password')])
      await expect(weak).rejects.toMatchObject({ code: 'InvalidPassword' });
    await expect(apig.changePassword('password', 'An0ther-pass')).rejects.toMatchObject({ code: 'WrongPassword' });
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
    const error = await reasonOf(createApig(at(server.url)).signUp('new@example.com', 'hunter'));
    expect(error).toMatchObject({ name: 'AuthError', message: expect.stringContaining('[hidden]') as string });
    expect(inspect(error, { depth: 10 })).not.toContain('hunter');
  });
});

describe('a web page in place of the user pool’s answer, with status 200', () => {
  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['signUp', (apig) => apig.signUp('new@example.com', password)],
    ['confirmSignUp', (apig) => apig.confirmSignUp(username, '123456')],
    ['resendConfirmationCode', (apig) => apig.resendConfirmationCode(username)],
    ['forgotPassword', (apig) => apig.forgotPassword(username)],
    ['resetPassword', (apig) => apig.resetPassword(username, '123456', 'An0ther-pass')],
    ['changePassword', (apig) => apig.changePassword(password, 'An0ther-pass')],
  ])('is no success of %s', async (_name, run) => {
    let isPage = false;
    const server = await startServer(async (request) => {
      if (isPage)
        return new Response('<html>Log in to the network</html>', { headers: { 'content-type': 'text/html' } });
      const headers = new Headers();
      for (const name of ['content-type', 'x-amz-target']) headers.set(name, request.headers.get(name) ?? '');
      const response = await fetch(aws.userPool.url, { method: 'POST', headers, body: await request.text() });
      return new Response(await response.text(), { status: response.status });
    });
    const apig = await loggedIn(at(server.url));
    isPage = true;
    await expect(run(apig)).rejects.toMatchObject({
      name: 'AuthError',
      code: 'UnexpectedResponse',
      message: expect.stringContaining('could not be read') as string,
    });
  });
});

test.each(['InternalErrorException', 'ServiceUnavailable'])('%s of the user pool: it failed itself', async (name) => {
  const server = await startServer(answer(500, {}, JSON.stringify({ __type: name, message: 'boom' })));
  const apig = createApig(at(server.url));
  const advice = expect.stringContaining('failed itself') as string;
  for (const run of [apig.login(username, password), apig.forgotPassword(username)])
    await expect(run).rejects.toMatchObject({ code: 'Unreachable', message: advice });
});

describe('challenges that the library does not know', () => {
  /** The user pool, which asks for something else once the password has been proved. */
  async function asking(ChallengeName: string, ChallengeParameters: object) {
    const server = await startServer(async (request) => {
      const target = request.headers.get('x-amz-target')!;
      const isProof = target.endsWith('RespondToAuthChallenge');
      if (isProof) return Response.json({ ChallengeName, ChallengeParameters, Session: 'a-session' });
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
      return fetch(aws.userPool.url, { method: 'POST', headers, body: await request.text() });
    });
    return createApig(at(server.url));
  }

  test('EMAIL_OTP is named', async () => {
    const apig = await asking('EMAIL_OTP', {});
    await expect(apig.login(username, password)).rejects.toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringContaining('EMAIL_OTP') as string,
    });
  });

  test('are not offered among the choices, and cannot be chosen', async () => {
    const apig = await asking('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["EMAIL_OTP","SMS_MFA"]' });
    const selectMfa = jest.fn(() => 'EMAIL_OTP' as 'SMS_MFA');
    await expect(apig.login(username, password, { selectMfa })).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining('selectMfa: expected SMS_MFA, got string') as string,
    });
    expect(selectMfa).toHaveBeenCalledWith({ name: 'SELECT_MFA_TYPE', choices: ['SMS_MFA'] });
  });
});

test.each([undefined, null, ''])('%p as username', async (name) => {
  const apig = await loggedIn();
  await expect(apig.login(name!, password)).rejects.toMatchObject({ name: 'AuthError', code: 'InvalidInput' });
  expect(apig.getCurrentUser()).not.toBeNull();
});

test.each([Infinity, 2 ** 31])('authTimeout %d is no less than any other', async (authTimeout) => {
  await expect(createApig(aws.config, { authTimeout }).login(username, password)).resolves.toBeDefined();
});

test('an identity pool that never answers is waited for once, through aws-sdk as well', async () => {
  const server = await startServer(() => new Promise(() => undefined));
  const config = { ...aws.config, cognito: { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: server.url } };
  for (const create of [createApig, createApigWithAwsSdk]) {
    const apig = create(config, { authTimeout: 1000 });
    await apig.login(username, password);
    const before = server.seen.length;
    await expect(apig.getAwsCredentials()).rejects.toMatchObject({ code: 'Unreachable' });
    expect(server.seen.length - before).toBe(1);
  }
});
