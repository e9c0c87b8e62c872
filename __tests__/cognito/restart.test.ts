/** What is left of a session after a restart. */
import { mapStorage } from '../support/mapStorage';
import { alice, caller, create, loggedIn, minutes } from '../support/watchedAws';

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
