/** A storage that keeps nothing, and what is no storage. */
import { createApig } from '../../../src/apig/index';
import type { TokenStorage } from '../../../src/apig/index';
import { alice, aws, password, whoami } from '../../support/storedSession';

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

test('a storage that is none is refused', () => {
  expect(() => createApig(aws.config, { storage: 'localStorage' as unknown as TokenStorage })).toThrow(
    "storage: expected an object with getItem, setItem and removeItem, got 'localStorage'",
  );
});
