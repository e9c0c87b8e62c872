/** In a page, the browser's event tells of another tab: nobody has to ask first. */
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { createApig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { mapStorage } from '../support/mapStorage';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const page = globalThis as { window?: unknown };
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterEach(() => {
  delete page.window;
});
afterAll(() => aws.stop());

/** An event as pages get it (HTML standard, section 12.2.4); of `clear()` it has no key. */
const storageEvent = (key: string | null, storageArea: unknown) =>
  Object.assign(new Event('storage'), { key, storageArea });

test.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithAwsSdk],
])('%s: another tab’s login and logout', async (_, create: typeof createApig) => {
  const storage = mapStorage();
  const other = create(aws.config, { storage }); // of another tab, which has no part in this page
  const tab = new EventTarget();
  page.window = tab;
  const apig = create(aws.config, { storage });
  const changes: unknown[] = [];
  const stop = apig.onSessionChange(({ type, isElsewhere }) => changes.push([type, isElsewhere]));
  const take = async (key: string | null, area: unknown = storage) => {
    tab.dispatchEvent(storageEvent(key, area));
    await new Promise(setImmediate);
    return changes.splice(0);
  };

  await other.login(username, password);
  const key = [...storage.items.keys()].find((name) => name.endsWith('.LastAuthUser'))!;
  expect(await take('theme')).toEqual([]);
  expect(await take(key, mapStorage())).toEqual([]);
  expect(await take(key)).toEqual([['login', true]]);
  expect(await take(key)).toEqual([]);
  storage.items.clear();
  expect(await take(null)).toEqual([['logout', true]]);
  await other.login(username, password);
  stop();
  expect(await take(key)).toEqual([]);
});
