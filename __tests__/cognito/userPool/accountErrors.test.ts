/** What the operations on accounts say where they fail: what was being done, and no secret, though the service repeats it. */
import { inspect } from 'node:util';
import { createAccount } from '../../../src/cognito/index';
import type { Account } from '../../../src/cognito/index';
import { createApig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

const password = 'Passw0rd!';
const username = 'user@example.com';
const [code, next] = ['c0de-918273', 'An0ther-secret'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

/** The accounts of a user who is logged in, at a pool whose refusals repeat all that was sent. */
async function talkative(): Promise<{ account: Account; sent: string[] }> {
  const sent: string[] = [];
  let isTalkative = false;
  const server = await startServer(async (request) => {
    const body = await request.text();
    if (isTalkative) {
      sent.push(body);
      return Response.json({ __type: 'InvalidParameterException', message: `cannot take ${body}` }, { status: 400 });
    }
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': request.headers.get('x-amz-target')!,
    };
    return fetch(aws.userPool.url, { method: 'POST', headers, body });
  });
  const apig = createApig({ ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } });
  await apig.login(username, password);
  isTalkative = true;
  return { account: createAccount(apig), sent };
}

test.each<[string, string, readonly string[], (account: Account) => Promise<unknown>]>([
  ['signUp', 'Signing up', [password], (account) => account.signUp(username, password)],
  ['confirmSignUp', 'Confirming the user', [code], (account) => account.confirmSignUp(username, code)],
  ['resendConfirmationCode', 'Sending the code', [], (account) => account.resendConfirmationCode(username)],
  ['forgotPassword', 'Sending the code', [], (account) => account.forgotPassword(username)],
  ['resetPassword', 'Setting the password', [code, next], (account) => account.resetPassword(username, code, next)],
  ['changePassword', 'Changing the password', [password, next], (account) => account.changePassword(password, next)],
])('%s', async (_, doing, secrets, run) => {
  const { account, sent } = await talkative();
  const error = await rejection(run(account));
  expect(error).toMatchObject({
    name: 'AuthError',
    message: expect.stringMatching(`^${doing} failed: cannot take `) as string,
  });
  const shown = inspect(error, { depth: 10 });
  for (const secret of secrets) {
    expect(sent.join()).toContain(secret);
    expect(shown).not.toContain(secret);
  }
});

describe('what is no text is refused by name before anything is sent', () => {
  const none = undefined as never;
  test.each<[string, string, (account: Account) => Promise<unknown>]>([
    ['username: expected the name of a user', 'confirmSignUp', (account) => account.confirmSignUp(none, code)],
    ['password: expected text', 'signUp', (account) => account.signUp(username, none)],
    ['code: expected the code, as text', 'confirmSignUp', (account) => account.confirmSignUp(username, none)],
    ['code: expected the code, as text', 'resetPassword', (account) => account.resetPassword(username, none, next)],
    ['newPassword: expected text', 'resetPassword', (account) => account.resetPassword(username, code, none)],
    ['oldPassword: expected text', 'changePassword', (account) => account.changePassword(none, next)],
    ['newPassword: expected text', 'changePassword', (account) => account.changePassword(password, none)],
  ])('%s, of %s', async (message, _, run) => {
    const { account, sent } = await talkative();
    expect(await rejection(run(account))).toMatchObject({ code: 'InvalidInput', message: `${message}, got undefined` });
    expect(sent).toEqual([]);
  });
});
