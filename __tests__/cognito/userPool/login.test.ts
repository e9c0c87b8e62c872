import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import type { Apig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeServer, listenLocally } from '../../support/localServer';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const password = 'Passw0rd!';
let aws: LocalAws;
let apig: Apig;

beforeAll(async () => {
  aws = await startLocalAws({
    userPool: {
      users: [
        { username: 'user@example.com', password },
        { username: 'unconfirmed', password, unconfirmed: true },
        { username: 'totp', password, mfa: 'TOTP' },
      ],
    },
  });
});
const others: { stop(): Promise<unknown> }[] = [];
afterAll(() => Promise.all([...[aws, ...others].map((one) => one.stop()), closeAll()]));
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
  test('a call that did not wait for the login', async () => {
    const login = apig.login('user@example.com', password);
    for (const call of [() => apig.invokeApig({ path: '/notes' }), () => apig.getUserToken()]) {
      await expect(call()).rejects.toMatchObject({
        code: 'NotLoggedIn',
        message: 'No user is logged in. A login is still under way: await it first.',
      });
    }
    await login;
    await apig.logout();
    const message = expect.stringContaining('Call login(username, password) first') as string;
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'NotLoggedIn', message });
  });

  test('callbacks that are none, before they are needed', async () => {
    const login = apig.login('user@example.com', password, { totpCode: '123456' } as never);
    await expect(login).rejects.toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringContaining('totpCode: expected a function') as string,
    });
  });

  test.each<[unknown, string]>([
    ['user@example.com', 'user: expected what getCurrentUser gave'],
    [{ forceRefrsh: true }, 'forceRefrsh: expected a known option, such as forceRefresh'],
  ])('getUserToken(%j)', async (given, message) => {
    await apig.login('user@example.com', password);
    await expect(apig.getUserToken(given as never)).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
    });
  });

  test.each([
    ['user@example.com', 'Wrong-pass-7', 'WrongPassword', /forgotPassword/],
    ['user@example.com', 'Wrong-\ud83d-7', 'WrongPassword', /forgotPassword/], // half a surrogate pair
    ['nobody@example.com', 'Wrong-pass-7', 'UserNotFound', /signUp/],
  ])('%s with the wrong password %j: %s', async (username, wrong, code, advice) => {
    await expect(apig.login(username, wrong)).rejects.toMatchObject({
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

  test('no error of a login shows the password, though the pool repeats it; it says what was being done', async () => {
    const server = await startServer(async (request) => {
      const message = `cannot take ${await request.text()}`;
      return Response.json({ __type: 'InvalidParameterException', message }, { status: 400 });
    });
    const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
    const talkative = createApig({ ...aws.config, cognito }, { authFlow: 'USER_PASSWORD_AUTH' });
    const error = await rejection(talkative.login('user@example.com', 'Wrong-pass-7'));
    expect(Buffer.from(server.seen[0]!.body).toString()).toContain('Wrong-pass-7');
    expect(error).toMatchObject({ message: expect.stringMatching(/^Logging in failed: cannot take /) as string });
    expect(inspect(error, { depth: 10 })).not.toContain('Wrong-pass-7');
  });

  test('a login that a later one has overtaken, which says so', async () => {
    const overtaken = rejection(apig.login('user@example.com', password));
    await apig.login('user@example.com', password);
    expect(await overtaken).toMatchObject({
      code: 'SessionChanged',
      message: 'A later login or logout overtook this login, which has no effect.',
    });
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

async function answering(answer: (respond: (text: string) => void) => void) {
  const server = createServer((request, response) => {
    request.resume();
    answer((text) => response.end(text));
  });
  const { url } = await listenLocally(server);
  const stop = () => closeServer(server);
  others.push({ stop });
  return { stop, url };
}

async function closedPort(): Promise<string> {
  const server = await answering(() => undefined);
  await server.stop();
  return server.url;
}
