/** Who is logged in, and what an app is told when that changes. */
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { configure, createApig, getSession, login as logIn, logout, onSessionChange } from '../../src/apig/index';
import type { Apig, ApigOptions, SessionChange } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { mapStorage } from '../support/mapStorage';
import { rejection } from '../support/signedFetchHarness';
import { adminCall } from '../support/userPoolHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const password = 'Passw0rd!';
const [alice, bob] = ['first@example.com', 'second@example.com'];
let time = Date.now();
const now = () => time;
let aws: LocalAws;
beforeAll(async () => {
  const users = [alice, bob].map((username) => ({ username, password }));
  aws = await startLocalAws({ now, userPool: { users, refreshTokenRotation: true } });
});
afterAll(() => aws.stop());

/** What an app is told, from now on. */
function told(apig: Apig) {
  const changes: SessionChange[] = [];
  const stop = apig.onSessionChange((change) => changes.push(change));
  const take = async () => {
    await new Promise(setImmediate);
    return changes
      .splice(0)
      .map(({ type, session, isElsewhere, reason }) => [type, session?.claims.email, isElsewhere, reason?.code]);
  };
  return { take, stop };
}

describe.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithAwsSdk],
])('%s', (_entry, create: typeof createApig) => {
  const instance = (options: ApigOptions = {}): Apig => create(aws.config, { now, ...options });

  test('who is logged in, with claims, and until when, without a request', async () => {
    const storage = mapStorage();
    const apig = instance({ storage });
    expect(apig.getSession()).toBeNull();
    const user = await apig.login(alice, password);
    const nobody = (() => Promise.reject(new Error('asked'))) as typeof fetch;
    for (const each of [apig, instance({ storage, fetch: nobody })]) {
      const session = each.getSession()!;
      expect(session.username).toBe(user.getUsername());
      expect(session.claims).toMatchObject({ email: alice, 'cognito:username': user.getUsername() });
      expect(session.expiresAt.getTime()).toBe((Math.floor(time / 1000) + 3600) * 1000);
      expect(Object.keys(session).sort()).toEqual(['claims', 'expiresAt', 'username']);
    }
    await apig.logout();
    expect(apig.getSession()).toBeNull();
  });

  test('a login, a renewal, another user’s login, a logout', async () => {
    const apig = instance();
    const { take } = told(apig);
    await apig.login(alice, password);
    expect(await take()).toEqual([['login', alice, false, undefined]]);
    await apig.getUserToken({ forceRefresh: true });
    expect(await take()).toEqual([['renewal', alice, false, undefined]]);
    await apig.getUserToken();
    await apig.invokeApig({ path: '/notes' });
    expect(await take()).toEqual([]);
    await apig.login(bob, password);
    expect(await take()).toEqual([['login', bob, false, undefined]]);
    await apig.login(bob, password);
    expect(await take()).toEqual([['login', bob, false, undefined]]); // anew
    await apig.logout();
    expect(await take()).toEqual([['logout', undefined, false, undefined]]);
    await apig.logout();
    expect(await take()).toEqual([]);
  });

  test('a login that fails, and one that is overtaken, tell nothing', async () => {
    const apig = instance();
    const { take } = told(apig);
    expect(await rejection(apig.login(alice, 'Wrong-pass-7'))).toMatchObject({ code: 'WrongPassword' });
    const overtaken = rejection(apig.login(alice, password));
    await apig.login(bob, password);
    expect(await overtaken).toMatchObject({ code: 'SessionChanged' });
    expect(await take()).toEqual([['login', bob, false, undefined]]);
  });

  test('another instance’s login and logout, once they are noticed', async () => {
    const storage = mapStorage();
    const [apig, other] = [instance({ storage }), instance({ storage })];
    await apig.login(alice, password);
    const { take } = told(apig);
    await other.logout();
    expect(apig.getCurrentUser()).toBeNull();
    expect(await take()).toEqual([['logout', undefined, true, undefined]]);
    await other.login(bob, password);
    await other.logout();
    await apig.login(alice, password);
    await take();
    await other.login(bob, password);
    expect(apig.getCurrentUser()).not.toBeNull();
    expect(await take()).toEqual([['login', bob, true, undefined]]);
  });

  test('an end: revoked, with the reason', async () => {
    const [apig, other] = [instance(), instance()];
    for (const each of [apig, other]) await each.login(alice, password);
    const { take } = told(apig);
    await other.logout({ global: true });
    time += 3_600_000;
    expect(await rejection(apig.getUserToken())).toMatchObject({ code: 'SessionExpired' });
    expect(await take()).toEqual([['end', undefined, false, 'SessionExpired']]);
  });

  test('a listener that is stopped is told no more, also of what was about to be told', async () => {
    const apig = instance();
    const [first, second] = [told(apig), told(apig)];
    await apig.login(alice, password);
    await Promise.all([first.take(), second.take()]);
    const done = apig.logout();
    first.stop();
    await done;
    expect(await first.take()).toEqual([]);
    expect(await second.take()).toHaveLength(1);
    first.stop();
    second.stop();
    await apig.login(alice, password);
    expect(await second.take()).toEqual([]);
  });

  test('one listener added twice is told twice, and taken away one at a time', async () => {
    const apig = instance();
    const listener = jest.fn();
    const stops = [apig.onSessionChange(listener), apig.onSessionChange(listener)];
    await apig.login(alice, password);
    await new Promise(setImmediate);
    expect(listener).toHaveBeenCalledTimes(2);
    stops[0]!();
    await apig.logout();
    await new Promise(setImmediate);
    expect(listener).toHaveBeenCalledTimes(3);
  });

  test('what is no function is refused', () => {
    expect(() => instance().onSessionChange('listener' as never)).toThrow('listener: expected a function');
  });

  test('without a user pool there is no session, and nothing to tell', () => {
    const { apiGateway } = aws.config;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const apig = create({ apiGateway }, { credentials });
    expect(apig.getSession()).toBeNull();
    expect(apig.onSessionChange(() => undefined)).toEqual(expect.any(Function));
  });
});

test('of the default instance', async () => {
  configure(aws.config, { now });
  const types: string[] = [];
  const stop = onSessionChange(({ type }) => types.push(type));
  await logIn(alice, password);
  expect(getSession()!.claims.email).toBe(alice);
  await logout();
  await new Promise(setImmediate);
  stop();
  expect(types).toEqual(['login', 'logout']);
});

test('groups that an administrator gives show after a renewal', async () => {
  const apig = createApig(aws.config, { now });
  await apig.login(bob, password);
  await adminCall(aws.userPool, 'CreateGroup', { GroupName: 'editors' });
  await adminCall(aws.userPool, 'AdminAddUserToGroup', { GroupName: 'editors', Username: bob });
  const { take } = told(apig);
  await apig.getUserToken({ forceRefresh: true });
  expect(await take()).toHaveLength(1);
  expect(apig.getSession()!.claims['cognito:groups']).toEqual(['editors']);
});
