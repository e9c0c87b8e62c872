/** Storages that answer by promises: an app's on a phone, and the cookies of a server's requests. */
import { createApig } from '../../../src/apig/index';
import type { Apig, SessionChange } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { createGate } from '../../support/gate';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';
import { slowStorage } from '../../support/slowStorage';

const password = 'Passw0rd!';
const users = ['alice', 'bob'].map((username) => ({ username, password }));
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({
    userPool: { users, refreshTokenRotation: { graceSeconds: 0 } },
    identityPool: { allowGuests: true },
    apiGateway: { handler: (_request, { username, identityId }) => Response.json(username ?? identityId) },
  });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

const who = (apig: Pick<Apig, 'invokeApig'>) => apig.invokeApig({ path: '/' });

describe.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithLibrary],
])('%s', (_entry, create) => {
  test('a session is stored before the login ends, and found again after a restart', async () => {
    const { storage, items, done } = slowStorage();
    const apig = create(aws.config, { storage });
    await apig.login('alice', password);
    expect([...items.keys()].map((key) => key.split('.').at(-1)).sort()).toEqual(
      ['LastAuthUser', 'accessToken', 'clockDrift', 'idToken', 'refreshToken'].sort(),
    );
    expect(done.at(-1)).toBe('setItem LastAuthUser'); // last: until then, the tokens are nobody's

    const restarted = create(aws.config, { storage });
    expect(() => restarted.getCurrentUser()).toThrow(expect.objectContaining({ code: 'NotReady' }) as Error);
    expect(() => restarted.getSession()).toThrow(/await ready\(\) first/);
    await restarted.ready();
    expect(restarted.getCurrentUser()!.getUsername()).toBe('alice');
    expect(restarted.getSession()).toMatchObject({ username: 'alice' });
    expect(await who(restarted)).toBe('alice');
  });

  test.each<
    [
      string,
      (
        apig: Pick<Apig, 'getUserToken' | 'getAwsCredentials' | 'fetch' | 'invokeApig' | 'credentials'>,
      ) => Promise<unknown>,
    ]
  >([
    ['invokeApig', who],
    ['getUserToken', (apig) => apig.getUserToken()],
    ['getAwsCredentials', (apig) => apig.getAwsCredentials()],
    ['credentials', (apig) => apig.credentials()],
    ['fetch', (apig) => apig.fetch(`${aws.config.apiGateway.URL}/`)],
  ])('%s loads it as well', async (_name, use) => {
    const { storage, done } = slowStorage();
    await create(aws.config, { storage }).login('alice', password);
    done.length = 0;
    const apig = create(aws.config, { storage });
    await Promise.all([use(apig), use(apig)]);
    expect(done.filter((one) => one === 'getItem idToken')).toHaveLength(1); // once for both
    await use(apig);
    expect(done.filter((one) => one.startsWith('getItem'))).toHaveLength(9);
  });

  test('new tokens are stored before the call goes on, so that rotation ends no session', async () => {
    const { storage, items } = slowStorage();
    const apig = create(aws.config, { storage });
    await apig.login('alice', password);
    for (let i = 0; i < 3; i++) {
      const token = await create(aws.config, { storage }).getUserToken({ forceRefresh: true });
      expect([...items].find(([key]) => key.endsWith('.idToken'))![1]).toBe(token);
    }
  });

  test('a logout forgets it all, also before anything was loaded', async () => {
    const { storage, items } = slowStorage();
    await create(aws.config, { storage }).login('alice', password);
    const apig = create(aws.config, { storage });
    await apig.logout();
    expect(items.size).toBe(0);
    expect(await rejection(who(apig))).toMatchObject({ code: 'NotLoggedIn' });
  });

  test('what cannot be read is told, and tried again', async () => {
    const { storage, failing } = slowStorage();
    await create(aws.config, { storage }).login('alice', password);
    failing.add('getItem');
    const apig = create(aws.config, { storage });
    for (const use of [() => apig.ready(), () => who(apig)]) {
      expect(await rejection(use())).toMatchObject({ code: 'StorageFailed', cause: { message: 'getItem failed' } });
    }
    failing.clear();
    expect(await who(apig)).toBe('alice');
  });

  test('what cannot be written is known here; what cannot be forgotten is told', async () => {
    const { storage, failing } = slowStorage();
    failing.add('setItem').add('removeItem');
    const apig = create(aws.config, { storage });
    await apig.login('alice', password);
    expect(await who(apig)).toBe('alice');
    expect(await rejection(apig.logout())).toMatchObject({ code: 'StorageFailed' });
    expect(await rejection(who(apig))).toMatchObject({ code: 'NotLoggedIn' });
  });

  test('listeners may come before it is loaded: what is there already is no change', async () => {
    const { storage } = slowStorage();
    await create(aws.config, { storage }).login('alice', password);
    const apig = create(aws.config, { storage });
    const changes: SessionChange['type'][] = [];
    apig.onSessionChange(({ type }) => changes.push(type));
    await apig.ready();
    await new Promise(setImmediate);
    expect(changes).toEqual([]);
    await apig.logout();
    expect(changes).toEqual(['logout']);
  });

  test('instances on one storage know of each other’s login, logout and renewal', async () => {
    const { storage } = slowStorage();
    const [one, two] = [create(aws.config, { storage }), create(aws.config, { storage })];
    await one.login('alice', password);
    await two.ready();
    expect(await who(two)).toBe('alice');
    // The pool's refresh tokens are good once.
    expect(await one.getUserToken({ forceRefresh: true })).toBe(await two.getUserToken());
    await Promise.all([one, two, one].map((apig) => apig.getUserToken({ forceRefresh: true })));
    expect([await who(one), await who(two)]).toEqual(['alice', 'alice']);
    const early = rejection(two.invokeApig({ path: '/' }));
    const left = one.logout();
    expect(await early).toMatchObject({ code: 'SessionChanged' });
    await left;
    await one.login('bob', password);
    expect(await who(two)).toBe('bob');
    expect(await who(create(aws.config, { storage }))).toBe('bob');
  });

  test('what something else has changed there is found by the next instance', async () => {
    const { storage, items } = slowStorage();
    await create(aws.config, { storage }).login('alice', password);
    items.clear(); // the app clears all it has
    const next = create(aws.config, { storage });
    await next.ready();
    expect(next.getCurrentUser()).toBeNull();
  });

  test('who has logged out is found by no one, also where the storage can remove nothing', async () => {
    const { storage, failing } = slowStorage();
    const apig = create(aws.config, { storage });
    await apig.login('alice', password);
    failing.add('removeItem');
    expect(await rejection(apig.logout())).toMatchObject({ code: 'StorageFailed' });
    for (const again of [storage, { ...storage }]) {
      const restarted = create(aws.config, { storage: again });
      await restarted.ready();
      expect(restarted.getCurrentUser()).toBeNull();
      expect(await rejection(restarted.invokeApig({ path: '/' }))).toMatchObject({ code: 'NotLoggedIn' });
    }
  });

  test('a guest stays the same one', async () => {
    const { storage } = slowStorage();
    const guest = await who(create(aws.config, { storage, guests: true }));
    expect(await who(create(aws.config, { storage, guests: true }))).toBe(guest);
  });
});

test('on a server, one instance for each request shares nothing with the next', async () => {
  const gates = { alice: createGate(), bob: createGate() };
  const server = await startServer(async (request) => {
    const cookies = new Map(
      (request.headers.get('cookie') ?? '').split('; ').flatMap((pair): [string, string][] => {
        const [name, value] = pair.split('=');
        return name && value ? [[decodeURIComponent(name), decodeURIComponent(value)]] : [];
      }),
    );
    const before = new Set(cookies.keys());
    const { storage } = slowStorage(cookies);
    const apig = createApig(aws.config, { storage });
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/login') await apig.login(searchParams.get('user')!, password);
    if (pathname === '/renew') await apig.getUserToken({ forceRefresh: true });
    const name = searchParams.get('wait') as keyof typeof gates | null;
    if (name) await gates[name].pass();
    const isLogout = pathname === '/logout';
    if (isLogout) await apig.logout();
    const answer = isLogout ? null : await who(apig);
    const headers = new Headers({ 'content-type': 'application/json' });
    for (const [key, value] of cookies) {
      headers.append('set-cookie', `${encodeURIComponent(key)}=${encodeURIComponent(value)}; HttpOnly`);
    }
    for (const key of before)
      if (!cookies.has(key)) headers.append('set-cookie', `${encodeURIComponent(key)}=; Max-Age=0`);
    return new Response(JSON.stringify(answer), { headers });
  });

  /** A browser: it keeps the cookies. */
  function browser() {
    const jar = new Map<string, string>();
    return {
      jar,
      async get(path: string): Promise<unknown> {
        const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
        const response = await fetch(server.url + path, { headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [name, value] = line.split(';')[0]!.split('=') as [string, string];
          if (value === '') jar.delete(name);
          else jar.set(name, value);
        }
        return response.json();
      },
    };
  }
  const [alice, bob] = [browser(), browser()];
  expect(await Promise.all([alice.get('/login?user=alice'), bob.get('/login?user=bob')])).toEqual(['alice', 'bob']);

  // Alice's request is under way while Bob's comes and goes, and the other way round.
  const first = alice.get('/who?wait=alice');
  await gates.alice.reached;
  expect(await bob.get('/renew')).toBe('bob');
  gates.alice.open();
  expect(await first).toBe('alice');
  const second = bob.get('/who?wait=bob');
  await gates.bob.reached;
  await alice.get('/logout');
  gates.bob.open();
  expect(await second).toBe('bob');
  expect(alice.jar.size).toBe(0);
  expect(await bob.get('/renew')).toBe('bob');
});
