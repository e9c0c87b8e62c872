import { createAccount } from '../../../src/cognito/index.js';
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import type { Apig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, startServer } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const password = 'Passw0rd!';
const username = 'user@example.com';
let aws: LocalAws;
let apig: Apig;

beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));
beforeEach(() => {
  apig = createApig(aws.config);
});

describe('accounts', () => {
  test('sign-up, confirmation, login, change of password', async () => {
    const username = 'new@example.com';
    const signedUp = await createAccount(apig).signUp(username, password, { email: username });
    expect(signedUp).toMatchObject({ userConfirmed: false, codeDelivery: { medium: 'EMAIL' } });
    expect(signedUp.userSub).toMatch(/^[0-9a-f-]{36}$/);
    await expect(createAccount(apig).confirmSignUp(username, '000000')).rejects.toMatchObject({ code: 'CodeMismatch' });
    await createAccount(apig).resendConfirmationCode(username);
    await createAccount(apig).confirmSignUp(username, aws.userPool.codes(username).at(-1)!.code);
    await apig.login(username, password);
    await createAccount(apig).changePassword(password, 'Another-1-pass');
    await apig.logout();
    await expect(apig.login(username, password)).rejects.toMatchObject({ code: 'WrongPassword' });
    await apig.login(username, 'Another-1-pass');
  });

  test.each([
    ['no texts', { email: 1 }, "attributes['email']: expected text, got a number"],
    ['no object', 'theme', 'attributes: expected texts by the names of attributes, got a string of 5 characters'],
  ])('attributes that are %s are refused by name', async (_name, attributes, message) => {
    await expect(createAccount(apig).signUp('new@example.com', password, attributes as never)).rejects.toMatchObject({
      code: 'InvalidInput',
      message,
    });
  });

  test('a change of password names the one that is wrong', async () => {
    await apig.login(username, password);
    await expect(createAccount(apig).changePassword('Wrong-pass-7', 'Another-1-pass')).rejects.toMatchObject({
      code: 'WrongPassword',
      message: 'Changing the password failed: oldPassword is not the present one.',
      cause: { message: 'Incorrect username or password.' }, // what the pool said
    });
  });

  test('a forgotten password', async () => {
    const username = 'forgetful@example.com';
    await createAccount(apig).signUp(username, password, { email: username });
    await createAccount(apig).confirmSignUp(username, aws.userPool.codes(username).at(-1)!.code);
    expect(await createAccount(apig).forgotPassword(username)).toMatchObject({ medium: 'EMAIL' });
    const { code } = aws.userPool.codes(username).at(-1)!;
    await createAccount(apig).resetPassword(username, code, 'Another-1-pass');
    await apig.login(username, 'Another-1-pass');
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a name that is taken',
      () => createAccount(apig).signUp('user@example.com', password, { email: 'user@example.com' }),
      'UserExists',
    ],
    [
      'a weak password',
      () => createAccount(apig).signUp('weak@example.com', 'weakness', { email: 'weak@example.com' }),
      'InvalidPassword',
    ],
    ['no one logged in', () => createAccount(apig).changePassword(password, 'Another-1-pass'), 'NotLoggedIn'],
  ])('%s', async (_name, run, code) => {
    await expect(run()).rejects.toMatchObject({ code });
  });
});

test('a password is changed for whoever asks, and only while they are logged in', async () => {
  await apig.login(username, password);
  const change = expect(createAccount(apig).changePassword(password, 'Another-1-pass')).rejects.toMatchObject({
    code: 'SessionChanged',
    message:
      'The user logged out, or another one logged in, while this call was under way. ' +
      'It was not sent; repeat it if it is still wanted.',
  });
  await apig.logout();
  await change;
  await apig.login(username, password);
});

test.each([
  ['operation', ['getUser', {}], 'operation: expected a name such as GetUser, got a string of 7 characters'],
  ['input', ['UpdateUserAttributes', 'theme'], 'input: expected its parameters, as an object, got a string of 5'],
  ['input', ['UpdateUserAttributes', [{ Name: 'name', Value: 'x' }]], 'input: expected its parameters, as an object'],
])('%s of callUserPool is checked before anything is sent', async (_, [operation, input], message) => {
  await apig.login(username, password);
  await expect(apig.callUserPool(operation as string, input as object)).rejects.toMatchObject({
    code: 'InvalidInput',
    message: expect.stringContaining(message) as string,
  });
});

test.each([
  ['asUser', { asUser: 'no' }, 'InvalidInput', 'asUser: expected true or false, got a string of 2 characters'],
  ['doing', { doing: 7 }, 'InvalidInput', 'doing: expected text, got'],
  ['secrets', { secrets: 'An0ther-pass' }, 'InvalidInput', 'secrets: expected an array of texts, got a string of 12'],
  ['secret', { secret: ['An0ther-pass'] }, 'InvalidConfig', 'secrets'],
])('the option %s of callUserPool is checked before anything is sent', async (_, options, code, message) => {
  const call = apig.callUserPool('ForgotPassword', { Username: username }, options as never);
  await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
});

test('callUserPool calls operations before a login, in the words and with the secrets that it is given', async () => {
  const answer = await apig.callUserPool('ForgotPassword', { Username: username }, { asUser: false });
  expect(answer).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } });
  const input = { Username: username, ConfirmationCode: '000000', Password: 'An0ther-pass' };
  const options = { asUser: false, doing: 'Choosing a password', secrets: ['000000'] };
  await expect(apig.callUserPool('ConfirmForgotPassword', input, options)).rejects.toMatchObject({
    code: 'CodeMismatch',
    message: expect.stringMatching(/^Choosing a password failed/) as string,
  });
});

test.each<[string, unknown, object]>([
  ['whole', { Destination: 'u***@e***', DeliveryMedium: 'EMAIL' }, { destination: 'u***@e***', medium: 'EMAIL' }],
  ['not texts', { Destination: 5, DeliveryMedium: null }, { destination: undefined, medium: undefined }],
  ['missing', undefined, { destination: undefined, medium: undefined }],
])('where a code went, by details that are %s', async (_, CodeDeliveryDetails, delivery) => {
  const server = await startServer(() => Response.json({ CodeDeliveryDetails }));
  const apig = createApig({ ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } });
  expect(await createAccount(apig).forgotPassword(username)).toEqual(delivery);
});

test.each([undefined, {}, 'module'])('createAccount(%j) names its argument', (apig) => {
  expect(() => createAccount(apig as never)).toThrow('apig: expected what createApig or configure gave');
});

test('no error of an operation shows what it was called with', async () => {
  const talkative: typeof fetch = (_, init) => Promise.reject(new Error(`could not send ${init?.body as string}`));
  let isDown = false;
  const own = createApig(aws.config, {
    fetch: (input, init) => (isDown ? talkative(input, init) : fetch(input, init)),
  });
  await own.login(username, password);
  isDown = true;
  const input = {
    PreviousPassword: 'Old-secret-1',
    ProposedPassword: 'New-secret-1',
    Nested: [{ UserCode: '918273' }],
  };
  const error: unknown = await own.callUserPool('ChangePassword', input).catch((reason: unknown) => reason);
  expect(inspect(error, { depth: 10 })).not.toMatch(/Old-secret-1|New-secret-1|918273/);
});

describe('a web page in place of the user pool’s answer, with status 200', () => {
  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['signUp', (apig) => createAccount(apig).signUp('new@example.com', password)],
    ['confirmSignUp', (apig) => createAccount(apig).confirmSignUp(username, '123456')],
    ['resendConfirmationCode', (apig) => createAccount(apig).resendConfirmationCode(username)],
    ['forgotPassword', (apig) => createAccount(apig).forgotPassword(username)],
    ['resetPassword', (apig) => createAccount(apig).resetPassword(username, '123456', 'An0ther-pass')],
    ['changePassword', (apig) => createAccount(apig).changePassword(password, 'An0ther-pass')],
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
    const apig = createApig({ ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } });
    await apig.login(username, password);
    isPage = true;
    await expect(run(apig)).rejects.toMatchObject({
      name: 'AuthError',
      code: 'UnexpectedResponse',
      message: expect.stringContaining('could not be read') as string,
    });
  });
});
