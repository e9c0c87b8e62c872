/** A storage that reads at once and writes by promises, such as a cache in front of a phone's AsyncStorage. */
import { createApig } from '../../../src/apig/index';
import type { TokenStorage } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { rejection } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({
    userPool: { users: [{ username, password }] },
    identityPool: { allowGuests: true },
    apiGateway: { handler: (_request, { identityId }) => Response.json(identityId) },
  });
});
afterEach(() => new Promise(setImmediate)); // a rejection that nobody handles fails the test
afterAll(() => aws.stop());

/** What it holds is known here at once, and kept only a while later, if at all. */
function cachedStorage() {
  const cached = new Map<string, string>();
  const kept = new Map<string, string>();
  const failing = new Set<'setItem' | 'removeItem'>();
  const later = async (method: 'setItem' | 'removeItem', work: () => unknown): Promise<void> => {
    await new Promise(setImmediate);
    if (failing.has(method)) throw new Error(`${method} failed`);
    work();
  };
  const storage: TokenStorage = {
    getItem: (key) => cached.get(key) ?? null,
    setItem: (key, value) => {
      cached.set(key, value);
      return later('setItem', () => kept.set(key, value));
    },
    removeItem: (key) => {
      cached.delete(key);
      return later('removeItem', () => kept.delete(key));
    },
  };
  return { storage, kept, failing };
}

test('a login is kept before it ends, and a logout has forgotten it', async () => {
  const { storage, kept } = cachedStorage();
  const apig = createApig(aws.config, { storage });
  await apig.login(username, password);
  expect([...kept.keys()].some((key) => key.endsWith('.LastAuthUser'))).toBe(true);
  await apig.logout();
  expect([...kept.keys()]).toEqual([]);
});

test('what it does not keep is known here; a logout that it does not keep is told', async () => {
  const { storage, failing } = cachedStorage();
  failing.add('setItem').add('removeItem');
  const apig = createApig(aws.config, { storage });
  await apig.login(username, password);
  await apig.invokeApig({ path: '/' });
  expect(await rejection(apig.logout())).toMatchObject({
    code: 'StorageFailed',
    cause: { message: 'removeItem failed' },
  });
  expect(apig.getCurrentUser()).toBeNull();
});

test('a guest is one as well where it keeps nothing', async () => {
  const { storage, failing } = cachedStorage();
  failing.add('setItem').add('removeItem');
  const guest = createApig(aws.config, { storage, guests: true });
  expect(await guest.invokeApig({ path: '/' })).toBe(await guest.invokeApig({ path: '/' }));
});
