/** `sigv4-client local --state`: stopped, or killed, and started again. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApig } from '../../../src/apig';
import type { ApigConfig } from '../../../src/apig';
import { createAccount } from '../../../src/cognito/index.js';
import { folder, run, start, write } from '../../support/cliHarness';
import { freePorts } from '../../support/localAwsHarness';
import { mapStorage } from '../../support/mapStorage';

const [username, password, changed] = ['user@example.com', 'Passw0rd!', 'Changed-pass-1'];

async function startLocal(port: number) {
  const local = start(['local', '--port', String(port), '--json', '--state', 'aws.state']);
  await local.printed(/\n/);
  return { ...local, config: JSON.parse(local.out().split('\n')[0]!) as ApigConfig };
}

const stateFile = () => join(folder, 'aws.state');
beforeEach(() => {
  rmSync(stateFile(), { force: true });
});

/** The state of a local AWS that was started and stopped. */
async function keptState(): Promise<string> {
  const local = await startLocal(await freePorts());
  local.child.kill('SIGTERM');
  await local.ended;
  return readFileSync(stateFile(), 'utf8');
}

/** Waits until the file holds a text. */
async function written(text: string): Promise<void> {
  while (!readFileSync(stateFile(), 'utf8').includes(text)) await new Promise((done) => setTimeout(done, 10));
}

/** Ends a login for good: it can be renewed no more. */
async function revoke({ cognito }: ApigConfig, refreshToken: string): Promise<void> {
  const { status } = await fetch(cognito.USER_POOL_ENDPOINT!, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken' },
    body: JSON.stringify({ Token: refreshToken, ClientId: cognito.APP_CLIENT_ID }),
  });
  expect(status).toBe(200);
}

test('the same identity logs in again with the password of its own, and a stored session goes on', async () => {
  const port = await freePorts();
  const storage = mapStorage();
  const first = await startLocal(port);
  const before = createApig(first.config, { storage });
  await before.login(username, password);
  await createAccount(before).changePassword(password, changed);
  const { identityId } = await before.getAwsCredentials();
  const idToken = await before.getUserToken();
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  const text = readFileSync(stateFile(), 'utf8');
  expect([password, changed].filter((secret) => text.includes(secret))).toEqual([]);
  expect(statSync(stateFile()).mode & 0o777).toBe(0o600);

  const second = await startLocal(port);
  expect(second.config).toEqual(first.config);
  // A new page with the old one's storage: its tokens are good, and it renews them.
  const after = createApig(second.config, { storage });
  expect(await after.getUserToken()).toBe(idToken);
  expect((await after.getAwsCredentials()).identityId).toBe(identityId);
  expect(await after.getUserToken({ forceRefresh: true })).not.toBe(idToken);
  expect(await after.invokeApig({ path: '/notes' })).toEqual([]);
  // A new login: by the password that was changed, and by no other.
  const own = mapStorage();
  const anew = createApig(second.config, { storage: own });
  await expect(anew.login(username, password)).rejects.toMatchObject({ code: 'WrongPassword' });
  await anew.login(username, changed);
  expect((await anew.getAwsCredentials()).identityId).toBe(identityId);
  // What is revoked stays so, also where the process gets no chance to write in the end.
  const [, refreshToken] = [...own.items].find(([key]) => key.endsWith('.refreshToken'))!;
  await revoke(second.config, refreshToken);
  await written('"revoked":true');
  second.child.kill('SIGKILL');
  await second.ended;

  const third = await startLocal(port);
  expect((await createApig(third.config, { storage }).getAwsCredentials()).identityId).toBe(identityId);
  await expect(createApig(third.config, { storage: own }).getUserToken({ forceRefresh: true })).rejects.toMatchObject({
    name: 'AuthError',
  });
  third.child.kill('SIGTERM');
  await third.ended;
});

test('who signed up is there after a kill', async () => {
  const port = await freePorts();
  const first = await startLocal(port);
  await createAccount(createApig(first.config, { storage: mapStorage() })).signUp('new@example.com', password);
  await written('new@example.com');
  const [, code] = /SIGN_UP code for new@example\.com: (\d{6})/.exec(first.err())!;
  expect(code).toHaveLength(6);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await startLocal(port);
  const apig = createApig(second.config, { storage: mapStorage() });
  await expect(apig.login('new@example.com', password)).rejects.toMatchObject({ code: 'UserNotConfirmed' });
  second.child.kill('SIGTERM');
  await second.ended;
});

test.each<[string, () => string | Promise<string>, RegExp]>([
  [
    'a file of something else',
    () => '{"notes":[]}\n',
    /^--state: .*other\.state is no sigv4-client local state\. It is left/,
  ],
  ['an empty file', () => '', /is no sigv4-client local state/],
  ['a file that was cut off', async () => (await keptState()).slice(0, -100), /is damaged, or was changed by hand/],
  [
    'a file of another version',
    async () => (await keptState()).replace('"version":1', '"version":2'),
    /was written by another version \(2\)/,
  ],
])('%s is refused by name, and left as it is', async (_, content, message) => {
  const text = await content();
  write('other.state', text);
  const { code, err } = await run(['local', '--port', '0', '--state', 'other.state']);
  expect([code, err.trim()]).toEqual([2, expect.stringMatching(message)]);
  expect(readFileSync(join(folder, 'other.state'), 'utf8')).toBe(text);
});

test('a path that cannot be written is named at once; another region is another pool', async () => {
  const nowhere = await run(['local', '--port', '0', '--state', 'no/such/folder/aws.state']);
  expect(nowhere).toMatchObject({
    code: 2,
    err: expect.stringContaining('aws.state could not be written: ') as string,
  });
  await keptState();
  write('region.json', '{"region":"eu-west-1"}');
  const elsewhere = await run(['local', '--port', '0', '--config', 'region.json', '--state', 'aws.state']);
  expect(elsewhere).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /the file holds user pool us-east-1_LocalPool in us-east-1, and region eu-west-1/,
    ) as string,
  });
});

test('a file that another program has changed meanwhile is not written over', async () => {
  const port = await freePorts();
  const local = await startLocal(port);
  writeFileSync(stateFile(), 'mine\n');
  await createAccount(createApig(local.config, { storage: mapStorage() })).signUp('late@example.com', password);
  await local.printed(/changed by another program/);
  local.child.kill('SIGTERM');
  const { code, err } = await local.ended;
  expect([code, err]).toEqual([
    3,
    expect.stringContaining('was changed by another program, and is not written any more'),
  ]);
  expect(readFileSync(stateFile(), 'utf8')).toBe('mine\n');
});
