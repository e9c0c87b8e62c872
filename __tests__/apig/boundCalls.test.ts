/** Whose a call is: decided when it is made, and looked at once more before it leaves. */
import { createApig } from '../../src/apig/index';
import type { Apig, ApigOptions, TokenStorage } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createGate } from '../support/gate';
import type { Gate } from '../support/gate';
import { mapStorage } from '../support/mapStorage';
import { adminCall } from '../support/userPoolHarness';
import { rejection } from '../support/signedFetchHarness';

jest.setTimeout(60_000); // real SRP logins

const password = 'Passw0rd!';
const asUser = (username: string) => ({ login: { username, password } });
const LIFETIME = 900; // in seconds

/** The clock of both sides, which tests move: it stands still by itself. */
let time = Date.now();
const now = () => new Date(time);

let aws: LocalAws;
/** Whose bodies have arrived: `meant/sender`. */
let arrived: string[] = [];
beforeAll(async () => {
  const shared = { email: 'family@example.com', email_verified: 'true' };
  const plain = ['alice', 'bob'].map((username) => ({ username, password }));
  const family = ['carol', 'dave'].map((username) => ({ username, password, attributes: shared }));
  aws = await startLocalAws({
    now,
    userPool: {
      users: [...plain, ...family, { username: 'mail@example.com', password }],
      tokenLifetimeSeconds: LIFETIME,
      refreshTokenLifetimeSeconds: 4 * LIFETIME,
    },
    identityPool: { credentialsLifetimeSeconds: LIFETIME },
    apiGateway: {
      handler: async (request, { username = '' }) => {
        arrived.push(`${await request.text()}/${username}`);
        return Response.json(username);
      },
    },
  });
});
afterAll(() => aws.stop());
beforeEach(() => {
  arrived = [];
});

const send = (apig: Apig, meant: string, login = {}) =>
  apig.invokeApig<string>({ path: '/', method: 'POST', body: meant, ...login });

/** A tab: an instance on the storage, whose requests can be held back by the operation's name. */
function tab(storage: TokenStorage, options: ApigOptions = {}) {
  const gates = new Map<string, Gate>();
  const apig = createApig(aws.config, {
    storage,
    now,
    fetch: async (input, init) => {
      const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? 'api';
      const gate = gates.get(operation);
      gates.delete(operation);
      await gate?.pass();
      return fetch(input, init);
    },
    ...options,
  });
  const holdBack = (operation: string): Gate => {
    const gate = createGate();
    gates.set(operation, gate);
    return gate;
  };
  return { apig, holdBack };
}

async function loggedIn(username: string, storage: TokenStorage = mapStorage()): Promise<Apig> {
  const { apig } = tab(storage);
  await apig.login(username, password);
  return apig;
}

describe('a call that waits while another tab logs someone else in is not sent', () => {
  test.each([
    ['with the login of the stored user', asUser('alice')],
    ['without a login', {}],
  ])('%s, on a page that has just loaded', async (_, login) => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetId');
    const call = rejection(send(apig, 'alice', login));
    await held.reached;
    await loggedIn('bob', storage);
    held.open();
    expect(await call).toMatchObject({ name: 'AuthError', code: 'SessionChanged' });
    expect(arrived).toEqual([]);
    expect(await send(apig, 'bob')).toBe('bob');
  });

  test('and its user is found when it is made, not when it is first awaited', async () => {
    const storage = mapStorage();
    await loggedIn('bob', storage);
    const bobs = [...storage.items];
    await loggedIn('alice', storage);
    const { apig } = tab(storage);
    for (const login of [{}, asUser('alice')]) {
      const call = rejection(send(apig, 'alice', login));
      const alices = [...storage.items];
      for (const [key, value] of bobs) storage.setItem(key, value);
      expect(await call).toMatchObject({ code: 'SessionChanged' });
      for (const [key, value] of alices) storage.setItem(key, value);
    }
    expect(arrived).toEqual([]);
  });

  test('with a session that turns out to have ended: whoever came later stays', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    time += (4 * LIFETIME + 1) * 1000;
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetTokensFromRefreshToken');
    const call = rejection(send(apig, 'alice', asUser('alice')));
    await held.reached;
    const other = await loggedIn('bob', storage);
    held.open();
    expect(await call).toMatchObject({ code: 'SessionChanged' });
    expect(other.getCurrentUser()?.getUsername()).toBe('bob');
    expect(arrived).toEqual([]);
  });

  test('between two attempts', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    const { apig } = tab(storage, {
      fetch: async (input, init) => {
        const isCall = !new Headers(init?.headers).has('x-amz-target');
        if (!isCall) return fetch(input, init);
        await loggedIn('bob', storage);
        return new Response('{"message":"Service Unavailable"}', { status: 503 });
      },
    });
    const retry = { baseDelay: 1, methods: ['POST'] };
    const call = apig.invokeApig({ path: '/', method: 'POST', body: 'alice', retry, ...asUser('alice') });
    expect(await rejection(call)).toMatchObject({ code: 'SessionChanged' });
  });
});

describe('a login that a call brings along', () => {
  test('gives exactly the session that it opens: one that is overtaken ends the call', async () => {
    const { apig } = tab(mapStorage());
    const calls = [send(apig, 'alice', asUser('alice')), send(apig, 'alice', asUser('alice'))].map(rejection);
    const later = send(apig, 'bob', asUser('bob'));
    for (const call of calls) expect(await call).toMatchObject({ code: 'SessionChanged' });
    expect(await later).toBe('bob');
    expect(arrived).toEqual(['bob/bob']);
  });

  test('is not shared any more once a logout has overtaken it', async () => {
    const { apig } = tab(mapStorage());
    const before = rejection(send(apig, 'alice', asUser('alice')));
    const logout = apig.logout();
    const after = send(apig, 'alice', asUser('alice'));
    expect(await before).toMatchObject({ code: 'SessionChanged' });
    await logout;
    expect(await after).toBe('alice');
  });

  test('ends where another tab logs someone in the moment it is done', async () => {
    const storage = mapStorage();
    await loggedIn('bob', storage);
    const bobs = [...storage.items];
    storage.items.clear();
    const { setItem } = storage;
    storage.setItem = (key, value) => {
      setItem(key, value);
      if (!key.endsWith('.LastAuthUser') || value !== 'alice') return;
      for (const [name, text] of bobs) setItem(name, text);
    };
    const { apig } = tab(storage);
    expect(await rejection(send(apig, 'alice', asUser('alice')))).toMatchObject({ code: 'SessionChanged' });
    expect(arrived).toEqual([]);
  });

  test('does not end a call that comes before it has told that it is done', async () => {
    const storage = mapStorage();
    const { apig } = tab(storage);
    const { setItem } = storage;
    const early = new Promise<string>((resolve, reject) => {
      storage.setItem = (key, value) => {
        setItem(key, value);
        if (key.endsWith('.LastAuthUser')) queueMicrotask(() => void send(apig, 'alice').then(resolve, reject));
      };
    });
    await apig.login('alice', password);
    expect(await early).toBe('alice');
  });
});

describe('names', () => {
  test('of two users with one address, it is no one’s: the pool says whose login it is', async () => {
    const storage = mapStorage();
    await loggedIn('dave', storage);
    const { apig } = tab(storage);
    expect(await send(apig, 'carol', asUser('family@example.com'))).toBe('carol');
  });

  test.each([
    ['in the page where the former owner has logged in with it', false],
    ['after a reload', true],
  ])('an address that has become another user’s is that user’s, %s', async (_, isReloaded) => {
    const storage = mapStorage();
    const address = (email: string) => [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
    ];
    const update = (Username: string, email: string) =>
      adminCall(aws.userPool, 'AdminUpdateUserAttributes', { Username, UserAttributes: address(email) });
    await update('alice', 'shared@example.com');
    const { apig: first } = tab(storage);
    await first.login('shared@example.com', password);
    const apig = isReloaded ? tab(storage).apig : first;
    await update('alice', 'alice@example.com');
    await update('bob', 'shared@example.com');
    const bobs = 'Another-1-pass';
    await adminCall(aws.userPool, 'AdminSetUserPassword', { Username: 'bob', Password: bobs, Permanent: true });
    try {
      const login = { username: 'shared@example.com', password: bobs };
      expect(await send(apig, 'bob', { login })).toBe('bob');
    } finally {
      await adminCall(aws.userPool, 'AdminSetUserPassword', { Username: 'bob', Password: password, Permanent: true });
      await update('bob', 'bob@example.com');
    }
    expect(arrived).toEqual(['bob/bob']);
  });

  test('typed in another case is the pool’s to tell', async () => {
    const apig = await loggedIn('bob');
    expect(await send(apig, 'alice', asUser('ALICE'))).toBe('alice');
    const user = apig.getCurrentUser();
    expect(await send(apig, 'alice', asUser('ALICE'))).toBe('alice');
    expect(await send(apig, 'alice', asUser('alice'))).toBe('alice');
    expect(apig.getCurrentUser()).toBe(user);
  });
});

describe('changePassword', () => {
  test('is not sent once another tab has logged someone else in', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    time += LIFETIME * 1000;
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetTokensFromRefreshToken');
    const change = rejection(apig.changePassword(password, 'Another-1-pass'));
    await held.reached;
    await loggedIn('bob', storage);
    held.open();
    expect(await change).toMatchObject({ code: 'SessionChanged' });
    await loggedIn('alice'); // with the old password
  });

  test('nor where the change comes while nothing is asked', async () => {
    const storage = mapStorage();
    const apig = await loggedIn('alice', storage);
    const change = rejection(apig.changePassword(password, 'Another-1-pass'));
    storage.items.clear();
    expect(await change).toMatchObject({ code: 'SessionChanged' });
    await loggedIn('alice');
  });
});
