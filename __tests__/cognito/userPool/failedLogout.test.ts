/** A logout holds although the storage fails: nothing is signed in the old name, and whoever called is told. */
import { createAccount } from '../../../src/cognito/index.js';
import { createApig } from '../../../src/apig/index';
import { METHODS, failingStorage, storageFailed } from '../../support/failingStorage';
import type { Method } from '../../support/failingStorage';
import { mapStorage } from '../../support/mapStorage';
import { rejection } from '../../support/signedFetchHarness';
import { alice, aws, bob, loggedIn, password, session, whoami } from '../../support/storedSession';

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

  test.each<Method>(['removeItem', 'getItem'])(
    'leaves nothing that a page would find which is loaded later, where %s throws and it can be written',
    async (method) => {
      const { apig, items, fail } = loggedIn();
      fail(method);
      expect(await rejection(apig.logout())).toMatchObject(storageFailed);
      expect([...items.values()].join('')).toBe('');
    },
  );

  test('global, everywhere as well', async () => {
    const { storage, fail } = failingStorage();
    const [there, apig] = [createApig(aws.config), createApig(aws.config, { storage })];
    for (const one of [there, apig]) await one.login(bob, password);
    fail('removeItem');
    expect(await rejection(apig.logout({ global: true }))).toMatchObject(storageFailed);
    await expect(createAccount(there).changePassword(password, 'Another-1-pass')).rejects.toMatchObject({
      code: 'SessionExpired',
    });
  });

  test('global, nowhere where the session had ended before', async () => {
    const { storage, items, shouldFail } = failingStorage();
    const [there, apig] = [createApig(aws.config), createApig(aws.config, { storage })];
    for (const one of [there, apig]) await one.login(alice, password);
    const lastUser = [...items.keys()].find((key) => key.endsWith('.LastAuthUser'))!;
    items.delete(lastUser); // as another tab ends a session, with the tokens still in place
    expect(apig.getCurrentUser()).toBeNull();
    shouldFail.decide = (method, key) => method === 'getItem' && key === lastUser;
    expect(await rejection(apig.logout({ global: true }))).toMatchObject(storageFailed);
    expect(await there.getUserToken({ forceRefresh: true })).toMatch(/^eyJ/);
  });
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
