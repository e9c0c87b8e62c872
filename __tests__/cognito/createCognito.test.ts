import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { createApig } from '../../src/apig/index';
import type { Apig, ApigOptions, TokenStorage } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createGate } from '../support/gate';
import type { Gate } from '../support/gate';
import { mapStorage } from '../support/mapStorage';
import { adminCall } from '../support/userPoolHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const password = 'Passw0rd!';
const [alice, bob] = ['first@example.com', 'second@example.com'];

/** The clock of both sides, which tests move: it stands still by itself. */
let time = Date.now();
const now = () => new Date(time);
const minutes = (count: number) => {
  time += count * 60_000;
};

let aws: LocalAws;
beforeAll(async () => {
  const users = [alice, bob].map((username) => ({ username, password }));
  aws = await startLocalAws({
    userPool: { users },
    now,
    identityPool: { allowGuests: true },
    apiGateway: { handler: (_request, caller) => Response.json({ identityId: caller.identityId }) },
  });
});
afterAll(() => aws.stop());

/** What went over the wire since the last call of this, by operation; the pools' and the API's. */
let calls: string[] = [];
const realFetch = globalThis.fetch;
let held: { operation: string; what: 'call' | 'answer'; gate: Gate } | undefined;
beforeAll(() => {
  globalThis.fetch = async (input, init) => {
    const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? 'api';
    calls.push(operation);
    if (held?.operation !== operation) return realFetch(input, init);
    const { gate, what } = held;
    held = undefined;
    const answered = what === 'answer' ? await realFetch(input, init) : undefined;
    await gate.pass();
    return answered ?? realFetch(input, init);
  };
});
afterAll(() => {
  globalThis.fetch = realFetch;
});
beforeEach(() => {
  calls = [];
});
const taken = () => calls.splice(0).sort();

/** Who the API says is calling. */
const caller = async (apig: Apig) => (await apig.invokeApig<{ identityId: string }>({ path: '/who' })).identityId;
const create = (options: ApigOptions = {}) => createApig(aws.config, { now, ...options });

async function loggedIn(username = alice, options: ApigOptions = {}): Promise<Apig> {
  const apig = create(options);
  await apig.login(username, password);
  taken();
  return apig;
}

describe('credentials are kept', () => {
  test('the first call gets them, a warm one makes exactly one request', async () => {
    const apig = await loggedIn();
    await caller(apig);
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId', 'api']);
    await caller(apig);
    expect(taken()).toEqual(['api']);
  });

  test('100 calls after expiry: one GetCredentialsForIdentity', async () => {
    const apig = await loggedIn();
    const first = await caller(apig);
    minutes(58);
    taken();
    const callers = await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    expect(new Set(callers)).toEqual(new Set([first]));
    const made = taken();
    expect(made.filter((call) => call === 'api')).toHaveLength(100);
    // Token and credentials were issued at the same time, so the token is old as well by now.
    expect(made.filter((call) => call !== 'api')).toEqual(expect.arrayContaining(['GetCredentialsForIdentity']));
    expect(made.filter((call) => call === 'GetCredentialsForIdentity')).toHaveLength(1);
    expect(made.filter((call) => call === 'GetId')).toHaveLength(0);
  });

  test('100 calls at the start share as well', async () => {
    const apig = await loggedIn();
    await Promise.all(Array.from({ length: 100 }, () => apig.getAwsCredentials()));
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId']);
  });

  test('an access token in place of the ID token is refused by name, and nobody is asked', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const accessToken = [...storage.items].find(([key]) => key.endsWith('.accessToken'))![1];
    for (const [token, came] of [
      [accessToken, 'an access token'],
      ['undefined', 'a string of 9 characters'],
    ] as const) {
      await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({
        code: 'InvalidInput',
        message: `userToken: expected an ID token, a JWT, as text, got ${came}`,
      });
    }
    expect(taken()).toEqual([]);
  });

  test('they are not given out once they have only moments left', async () => {
    const apig = await loggedIn();
    const first = await apig.getAwsCredentials();
    minutes(54);
    expect(await apig.getAwsCredentials()).toBe(first);
    minutes(2);
    const second = await apig.getAwsCredentials();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(second.expiration!.getTime()).toBeGreaterThan(first.expiration!.getTime());
  });

  test('aws-sdk: kept, and one refresh for 100 calls', async () => {
    const apig = createApigWithAwsSdk(aws.config, { now });
    await apig.login(alice, password);
    const before = { ...aws.identityPool.calls };
    await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    await caller(apig);
    expect(aws.identityPool.calls.GetCredentialsForIdentity - before.GetCredentialsForIdentity).toBe(1);
    minutes(58);
    await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    expect(aws.identityPool.calls.GetCredentialsForIdentity - before.GetCredentialsForIdentity).toBe(2);
    expect(aws.identityPool.calls.GetId - before.GetId).toBe(1);
  });
});

describe('the ID token', () => {
  test('is renewed before the identity pool sees an old one, once for all who wait', async () => {
    const apig = await loggedIn();
    const first = await apig.getUserToken();
    minutes(58);
    expect(await apig.getUserToken()).toBe(first);
    minutes(1.5);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => apig.getUserToken(apig.getCurrentUser())));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(first);
    expect(taken()).toEqual(['GetTokensFromRefreshToken']);
    await expect(apig.getAwsCredentials(tokens[0])).resolves.toHaveProperty('accessKeyId');
  });

  test('is renewed and tried once more where the identity pool finds it too old', async () => {
    // A clock that stands still on the device: to it, the token never grows old.
    const started = now().getTime();
    const apig = await loggedIn(alice, { now: () => started });
    minutes(61);
    await expect(apig.getAwsCredentials()).resolves.toHaveProperty('accessKeyId');
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId', 'GetId', 'GetTokensFromRefreshToken']);
  });

  test('a refresh token that no longer works ends the session at once, with advice', async () => {
    const other = await loggedIn(bob);
    const apig = await loggedIn(bob);
    await other.logout({ global: true });
    minutes(60);
    await expect(apig.getUserToken()).rejects.toMatchObject({
      code: 'SessionExpired',
      message: expect.stringContaining('Log in again') as string,
    });
    expect(taken()).toEqual(['GetTokensFromRefreshToken', 'GlobalSignOut']); // the library itself would ask again and again, for 6.4 s
    expect(apig.getCurrentUser()).toBeNull();
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'NotLoggedIn' });
  });

  test('a session that has ended so does not stand in the way of the next login in another tab', async () => {
    const storage = mapStorage();
    const [other, apig] = [await loggedIn(bob), await loggedIn(bob, { storage })];
    await other.logout({ global: true });
    minutes(60);
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
    await loggedIn(bob, { storage });
    await expect(apig.getUserToken()).resolves.toMatch(/^eyJ/);
  });
});

describe('one user’s credentials are never another’s', () => {
  test('two users in one process, each in an instance', async () => {
    const [one, two] = await Promise.all([loggedIn(alice), loggedIn(bob)]);
    const [first, second] = [await caller(one), await caller(two)];
    expect(first).not.toBe(second);
    expect(await caller(one)).toBe(first);
  });

  test('one after the other in one instance', async () => {
    const apig = await loggedIn(alice);
    const first = await caller(apig);
    await apig.login(bob, password);
    const second = await caller(apig);
    expect(second).not.toBe(first);
    await apig.logout();
    await expect(caller(apig)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    await apig.login(alice, password);
    expect(await caller(apig)).toBe(first);
  });

  test('two instances on one storage (tabs): the last login counts in both', async () => {
    const storage = mapStorage();
    const one = await loggedIn(alice, { storage });
    const first = await caller(one);
    const two = await loggedIn(bob, { storage });
    expect(await caller(one)).toBe(await caller(two));
    expect(await caller(one)).not.toBe(first);
    await two.logout();
    await expect(caller(one)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    expect([...storage.items]).toEqual([]);
  });

  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['logout', (apig) => apig.logout()],
    ['another login', (apig) => apig.login(bob, password)],
  ])('a call that waits for credentials during a %s is not sent', async (_name, change) => {
    const apig = await loggedIn(alice);
    const sent = aws.apiGateway.requests.length;
    const held = holdBack('GetCredentialsForIdentity');
    const call = expect(caller(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await change(apig);
    held.open();
    await call;
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });

  test('a call that waits during a logout in another tab is not sent', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const sent = aws.apiGateway.requests.length;
    const held = holdBack('GetCredentialsForIdentity');
    const call = expect(caller(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await create({ storage }).logout();
    held.open();
    await call;
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });

  test('a call whose request is about to leave when the user logs out is not sent', async () => {
    const apig: Apig = create();
    await apig.login(alice, password);
    await caller(apig);
    const call = caller(apig);
    const ended = apig.logout(); // before the signature is computed
    await expect(call).rejects.toMatchObject({ code: 'SessionChanged' });
    await ended;
    expect(taken().filter((name) => name === 'api')).toHaveLength(1);
  });

  test.each<[string, (apig: Apig, storage: TokenStorage) => Promise<void>]>([
    ['the logout', (apig) => apig.logout()],
    ['a logout in another tab', (_apig, storage) => create({ storage }).logout()],
  ])('a refresh that ends after %s does not bring the user back', async (_name, logout) => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    minutes(60);
    const held = holdBack('GetTokensFromRefreshToken');
    const token = expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await logout(apig, storage);
    held.open();
    await token;
    expect([...storage.items]).toEqual([]);
    expect(apig.getCurrentUser()).toBeNull();
  });

  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['a token', (apig) => apig.getUserToken()],
    ['credentials', (apig) => apig.getAwsCredentials()],
  ])('%s that came during a login in another tab are not given out', async (_name, get) => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    minutes(60);
    const held = holdBack('GetTokensFromRefreshToken');
    const answer = expect(get(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await create({ storage }).login(bob, password);
    const stored = [...storage.items];
    held.open();
    await answer;
    expect([...storage.items]).toEqual(stored);
  });

  describe('an account made anew under the same name, logged in in another tab', () => {
    /** Deletes the account and makes it anew, with a login on the same storage. */
    async function remake(name: string, storage: TokenStorage): Promise<Apig> {
      const { USER_POOL_ID: UserPoolId } = aws.config.cognito;
      const { userPool } = aws;
      const deleted = await adminCall(userPool, 'AdminDeleteUser', { UserPoolId, Username: name });
      expect(deleted.status).toBe(200);
      const other = create({ storage });
      await signUp(other, name);
      await other.login(name, password);
      return other;
    }

    async function signUp(apig: Apig, name: string): Promise<void> {
      await apig.signUp(name, password, { email: `${name}@example.com` });
      await apig.confirmSignUp(name, aws.userPool.codes(name).at(-1)!.code);
    }

    test('is another user', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'anew');
      await apig.login('anew', password);
      const token = await apig.getUserToken();
      const first = await caller(apig);
      const other = await remake('anew', storage);
      expect(await caller(apig)).not.toBe(first);
      expect(await caller(apig)).toBe(await caller(other));
      await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    });

    test('keeps the tokens, whatever comes late for the former', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'late');
      await apig.login('late', password);
      minutes(60);
      const held = holdBack('GetTokensFromRefreshToken', 'answer');
      const token = expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionChanged' });
      await held.reached;
      await remake('late', storage);
      const stored = [...storage.items];
      held.open();
      await token;
      expect([...storage.items]).toEqual(stored);
    });

    test('is not the user that getCurrentUser gave before', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'former');
      await apig.login('former', password);
      const user = apig.getCurrentUser();
      await remake('former', storage);
      await expect(apig.getUserToken(user)).rejects.toMatchObject({ code: 'NotLoggedIn' });
      await expect(apig.getUserToken(apig.getCurrentUser())).resolves.toMatch(/^eyJ/);
    });
  });

  test('of two logins at once, the later one counts', async () => {
    const storage = mapStorage();
    const apig = create({ storage });
    const [first, second] = await Promise.allSettled([apig.login(alice, password), apig.login(bob, password)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'SessionChanged' } });
    expect(second).toMatchObject({ status: 'fulfilled' });
    expect(await caller(apig)).toBe(await caller(await loggedIn(bob)));
    expect([...storage.items.keys()].filter((key) => key.endsWith('.idToken'))).toHaveLength(1);
  });

  test('a logout during a login wins', async () => {
    const apig = create();
    const login = expect(apig.login(alice, password)).rejects.toMatchObject({ code: 'SessionChanged' });
    await apig.logout();
    await login;
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('a token of a user who has left gets no credentials', async () => {
    const apig = await loggedIn(alice);
    const token = await apig.getUserToken();
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    await apig.login(alice, password);
    await expect(apig.getAwsCredentials(token)).resolves.toHaveProperty('accessKeyId');
  });
});

describe('logout', () => {
  test('clears everything, at once', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    expect(storage.items.size).toBeGreaterThan(0);
    const done = apig.logout();
    expect([...storage.items]).toEqual([]);
    await done;
    await apig.logout(); // once more does no harm
  });

  test('leaves what else the storage holds', async () => {
    const storage = mapStorage();
    storage.setItem('the app’s own', 'kept');
    const apig = await loggedIn(alice, { storage });
    await apig.logout();
    expect([...storage.items.keys()]).toEqual(['the app’s own']);
  });

  test.each([null, true, 0, 'x', { foo: 1 }, { global: 'yes' }])(
    'with %j: the user is logged out here all the same',
    async (given) => {
      const apig = await loggedIn();
      const outcome = apig.logout(given as never);
      if (given === null) await outcome;
      else await expect(outcome).rejects.toMatchObject({ name: 'AuthError', code: 'InvalidConfig' });
      await expect(caller(apig)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    },
  );

  test('global: other devices are signed out', async () => {
    const [here, there] = [await loggedIn(bob), await loggedIn(bob)];
    await here.logout({ global: true });
    expect(here.getCurrentUser()).toBeNull();
    minutes(60);
    await expect(caller(there)).rejects.toMatchObject({ code: 'SessionExpired' });
  });

  test('global, with tokens that have grown old', async () => {
    const [here, there] = [await loggedIn(bob), await loggedIn(bob)];
    minutes(61);
    await here.logout({ global: true });
    await expect(there.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
  });
});

describe('a restart', () => {
  test('the session is there again where the storage is', async () => {
    const storage = mapStorage();
    const first = await caller(await loggedIn(alice, { storage }));
    const restarted = create({ storage });
    expect(restarted.getCurrentUser()).not.toBeNull();
    expect(await caller(restarted)).toBe(first);
  });

  test('also after the tokens have grown old meanwhile', async () => {
    const storage = mapStorage();
    await loggedIn(alice, { storage });
    minutes(600);
    await expect(caller(create({ storage }))).resolves.toMatch(/^us-east-1:/);
  });

  test('without a storage, instances in Node know nothing of each other', async () => {
    await loggedIn(alice);
    expect(create().getCurrentUser()).toBeNull();
  });
});

/** Holds the next call of an operation back, or its answer, until it is let go. */
function holdBack(operation: string, what: 'call' | 'answer' = 'call'): Gate {
  const gate = createGate();
  held = { operation, what, gate };
  return gate;
}
