import { mapStorage } from '../support/mapStorage';
import { rejection } from '../support/signedFetchHarness';
import { LIFETIME, arrived, asUser, loggedIn, pass, send, tab } from '../support/boundTabs';
test('with a session that ends the moment someone else logs in: whoever came later stays', async () => {
  const storage = mapStorage();
  await loggedIn('alice', storage);
  pass((4 * LIFETIME + 1) * 1000); // its refresh token is no longer good
  const elsewhere = mapStorage();
  await loggedIn('bob', elsewhere);
  const { apig } = tab(storage);
  const { removeItem } = storage;
  storage.removeItem = (key) => {
    removeItem(key);
    if (!key.endsWith('.LastAuthUser')) return;
    storage.removeItem = removeItem;
    queueMicrotask(() => {
      for (const [name, text] of elsewhere.items) storage.setItem(name, text);
    });
  };
  expect(await rejection(send(apig, 'alice', asUser('alice')))).toMatchObject({ code: 'SessionChanged' });
  expect(apig.getCurrentUser()?.getUsername()).toBe('bob');
  expect(arrived).toEqual([]);
});
