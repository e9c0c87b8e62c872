/** A storage that throws, always or at times: nothing is half-done, and whoever called is told, by an error of ours. */
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import type { Apig, TokenStorage } from '../../../src/apig/index';
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { AuthError, SigV4ClientError } from '../../../src/errors';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { createRandom } from '../../support/faultProxy';
import { mapStorage } from '../../support/mapStorage';
import { rejection } from '../../support/signedFetchHarness';

jest.setTimeout(60_000); // real SRP logins

const password = 'Passw0rd!';
const [alice, bob] = ['alice', 'bob'];

let aws: LocalAws;
/** What Alice's login has stored: that, and not the login itself, is what most of these tests need. */
let session: readonly [key: string, value: string][];
beforeAll(async () => {
  const users = [alice, bob].map((username) => ({ username, password }));
  const handler = (_: Request, { username }: { username?: string }) => Response.json(username);
  aws = await startLocalAws({ userPool: { users }, apiGateway: { handler } });
  const storage = mapStorage();
  await createApig(aws.config, { storage }).login(alice, password);
  session = [...storage.items];
});
afterAll(() => aws.stop());

type Method = keyof TokenStorage;
const METHODS: readonly Method[] = ['getItem', 'setItem', 'removeItem'];

/** A storage whose methods throw where they are told to. */
function failingStorage() {
  const { items, ...inner } = mapStorage();
  const shouldFail = { decide: (_method: Method, _key: string): boolean => false };
  const guard = <T>(method: Method, key: string, work: () => T): T => {
    if (shouldFail.decide(method, key)) throw new Error(`The operation is insecure: ${method}`);
    return work();
  };
  const storage: TokenStorage = {
    getItem: (key) => guard('getItem', key, () => inner.getItem(key)),
    setItem(key, value) {
      guard('setItem', key, () => {
        inner.setItem(key, value);
      });
    },
    removeItem(key) {
      guard('removeItem', key, () => {
        inner.removeItem(key);
      });
    },
  };
  const fail = (...methods: Method[]): void => {
    shouldFail.decide = (method) => methods.includes(method);
  };
  return { storage, items, fail, shouldFail };
}

/** The same, and an instance on it that Alice is logged in at. */
function loggedIn() {
  const failing = failingStorage();
  for (const [key, value] of session) failing.items.set(key, value);
  const apig = createApig(aws.config, { storage: failing.storage });
  apig.getCurrentUser();
  return { ...failing, apig };
}

const whoami = (apig: Apig) => apig.invokeApig<string>({ path: '/' });
const storageFailed = { name: 'AuthError', code: 'StorageFailed' };

/** What calling throws or rejects with; undefined where it does not. */
async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a storage that cannot be read', () => {
  const uses: [name: string, use: (apig: Apig) => unknown][] = [
    ['getCurrentUser', (apig) => apig.getCurrentUser()],
    ['getUserToken', (apig) => apig.getUserToken()],
    ['getAwsCredentials', (apig) => apig.getAwsCredentials()],
    ['changePassword', (apig) => apig.changePassword(password, 'Another-1-pass')],
    ['invokeApig', (apig) => whoami(apig)],
    ['invokeApig with a login', (apig) => apig.invokeApig({ path: '/', login: { username: alice, password } })],
    ['login', (apig) => apig.login(bob, password)],
  ];

  test.each(uses)('%s says so, and nothing has changed once it can be read again', async (_, use) => {
    const { apig, items, fail } = loggedIn();
    const [user, stored, sent] = [apig.getCurrentUser(), [...items], aws.apiGateway.requests.length];
    fail('getItem');
    const error = await failureOf(() => use(apig));
    expect(error).toBeInstanceOf(AuthError);
    expect(error).toMatchObject({
      ...storageFailed,
      message: expect.stringMatching(
        /^The storage that keeps the session failed: The operation is insecure: getItem\. /,
      ) as string,
      cause: { message: 'The operation is insecure: getItem' },
    });
    fail();
    expect(apig.getCurrentUser()).toBe(user);
    expect([...items]).toEqual(stored);
    expect(aws.apiGateway.requests).toHaveLength(sent);
    expect(await whoami(apig)).toBe(alice);
  });

  test('a login that reads nothing once it is under way has no effect', async () => {
    const { apig, items, fail } = loggedIn();
    const stored = [...items];
    const login = rejection(apig.login(bob, password));
    fail('getItem');
    expect(await login).toMatchObject(storageFailed);
    fail();
    expect([...items]).toEqual(stored);
    expect(await whoami(apig)).toBe(alice);
  });

  test('a call that is under way is not sent', async () => {
    const { apig, fail } = loggedIn();
    const sent = aws.apiGateway.requests.length;
    const call = rejection(whoami(apig));
    fail('getItem');
    expect(await call).toMatchObject(storageFailed);
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });
});

describe('logout', () => {
  const kinds: Method[][] = [
    ['removeItem'],
    ['getItem'],
    ['removeItem', 'setItem'],
    ['getItem', 'removeItem'],
    ['getItem', 'removeItem', 'setItem'],
  ];
  const cases = kinds.flatMap((methods) => [
    { methods, loaded: 'a page that has just loaded', isFresh: true },
    { methods, loaded: 'the page that logged in', isFresh: false },
  ]);

  test.each(cases)('logs out although $methods throw, on $loaded', async ({ methods, isFresh }) => {
    const { apig: before, storage, fail } = loggedIn();
    await whoami(before);
    const apig = isFresh ? createApig(aws.config, { storage }) : before;
    fail(...methods);
    const sent = aws.apiGateway.requests.length;
    expect(await rejection(apig.logout())).toMatchObject({
      ...storageFailed,
      cause: { message: expect.stringContaining('The operation is insecure') as string },
    });
    for (const later of [apig, createApig(aws.config, { storage })]) {
      const error = await rejection(whoami(later));
      expect(error).toMatchObject({ code: methods.includes('getItem') ? 'StorageFailed' : 'NotLoggedIn' });
    }
    fail();
    for (const later of [apig, createApig(aws.config, { storage })]) {
      expect(later.getCurrentUser()).toBeNull();
      expect(await rejection(whoami(later))).toMatchObject({ code: 'NotLoggedIn' });
    }
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });

  test('leaves room for the next login', async () => {
    const { apig, storage, fail } = loggedIn();
    fail(...METHODS);
    expect(await rejection(apig.logout())).toMatchObject(storageFailed);
    fail();
    await createApig(aws.config, { storage }).login(alice, password);
    expect(await whoami(apig)).toBe(alice);
    await apig.logout();
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('leaves nothing that a page would find which is loaded later, where it can be written at all', async () => {
    const { apig, items, fail } = loggedIn();
    fail('removeItem');
    expect(await rejection(apig.logout())).toMatchObject(storageFailed);
    expect([...items.values()].join('')).toBe('');
  });

  test('global, everywhere as well', async () => {
    const { storage, fail } = failingStorage();
    const [there, apig] = [createApig(aws.config), createApig(aws.config, { storage })];
    for (const one of [there, apig]) await one.login(bob, password);
    fail('removeItem');
    expect(await rejection(apig.logout({ global: true }))).toMatchObject(storageFailed);
    await expect(there.changePassword(password, 'Another-1-pass')).rejects.toMatchObject({ code: 'SessionExpired' });
  });
});

test('a storage that does nothing is as good as memory', async () => {
  const storage: TokenStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  const apig = createApig(aws.config, { storage });
  await apig.login(alice, password);
  expect(apig.getCurrentUser()).not.toBeNull();
  expect(await whoami(apig)).toBeDefined();
  expect(await apig.invokeApig({ path: '/', login: { username: alice, password } })).toBeDefined();
  await apig.logout();
  expect(apig.getCurrentUser()).toBeNull();
});

describe('a login', () => {
  test.each<Method[][]>([[['setItem']], [['removeItem']], [['setItem', 'removeItem']]])(
    'is whole although %p throw: no one is found but the user who logged in',
    async (methods) => {
      const { apig, storage, fail } = loggedIn();
      fail(...methods);
      await apig.login(bob, password);
      for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
      fail();
      for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
      await apig.logout();
      for (const one of [apig, createApig(aws.config, { storage })]) expect(one.getCurrentUser()).toBeNull();
    },
  );
});

test('a login that can be written, and not read from then on, has taken effect', async () => {
  const { apig, storage, fail, shouldFail } = loggedIn();
  shouldFail.decide = (method, key) => {
    if (method === 'setItem' && key.endsWith('.LastAuthUser')) fail('getItem');
    return false;
  };
  await apig.login(bob, password);
  fail();
  for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
});

test('a storage that throws at times: all errors are ours, and no one signs who is not logged in', async () => {
  const seed = 11;
  const random = createRandom(seed);
  const { storage, shouldFail } = failingStorage();
  const apigs = [createApig(aws.config, { storage }), createApig(aws.config, { storage })];
  const at = (i: number): Apig => apigs[i % apigs.length]!;
  for (let round = 0; round < 8; round++) {
    const user = round % 2 === 0 ? alice : bob;
    shouldFail.decide = () => random.below(6) === 0;
    const login = await failureOf(() => at(round).login(user, password));
    const calls = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        try {
          return await whoami(at(i));
        } catch (error) {
          return error;
        }
      }),
    );
    const logout = await failureOf(() => at(round + 1).logout());
    for (const outcome of [login, logout, ...calls]) {
      if (outcome === undefined || outcome === user) continue;
      expect(outcome).toBeInstanceOf(SigV4ClientError);
      expect(inspect(outcome)).not.toContain('eyJ');
    }
    shouldFail.decide = () => false;
    for (const one of [...apigs, createApig(aws.config, { storage })]) expect(one.getCurrentUser()).toBeNull();
  }
});

test.each<[string, (remove: () => void) => unknown]>([
  ['does nothing', () => undefined],
  ['is late', (remove) => setTimeout(remove, 50)],
  ['is asynchronous', async (remove) => Promise.resolve().then(remove)],
])('a removal that %s: the logout holds, and is told of', async (_, removal) => {
  const inner = mapStorage();
  for (const [key, value] of session) inner.setItem(key, value);
  const storage = { ...inner, removeItem: (key: string) => void removal(() => inner.items.delete(key)) };
  const apig = createApig(aws.config, { storage });
  expect(apig.getCurrentUser()).not.toBeNull();
  expect(await rejection(apig.logout())).toMatchObject({ code: 'StorageFailed' });
  for (const each of [apig, createApig(aws.config, { storage })]) {
    expect(each.getCurrentUser()).toBeNull();
    expect(await rejection(each.invokeApig({ path: '/', method: 'POST', body: 'a' }))).toMatchObject({
      code: 'NotLoggedIn',
    });
  }
});

test('a storage that is none is refused', () => {
  expect(() => createApig(aws.config, { storage: 'localStorage' as unknown as TokenStorage })).toThrow(
    "storage: expected an object with getItem, setItem and removeItem, got 'localStorage'",
  );
});

describe('withMemoryFallback', () => {
  test('what stands in memory gives way to what another tab stores', () => {
    const { storage, items, fail } = failingStorage();
    const safe = withMemoryFallback(storage);
    safe.setItem('a', 'old');
    fail('setItem', 'removeItem');
    safe.setItem('a', 'new');
    expect(items.get('a')).toBe('old');
    expect(safe.getItem('a')).toBe('new');
    items.set('a', 'theirs');
    expect(safe.getItem('a')).toBe('theirs');
    expect(safe.removeItem('a')).toMatchObject(storageFailed);
    expect(safe.getItem('a')).toBeNull();
    items.delete('a');
    items.set('a', 'theirs again');
    expect(safe.getItem('a')).toBe('theirs again');
  });

  test('its errors show no token that the storage’s own error repeats', () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`;
    const storage = {
      ...mapStorage(),
      removeItem: () => {
        throw new Error(`cannot remove ${token}`);
      },
    };
    expect(inspect(withMemoryFallback(storage).removeItem('a'))).not.toContain(token);
  });
});
