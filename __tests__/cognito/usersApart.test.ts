/** Users who come one after the other, side by side or at once: each has credentials of their own. */
import { mapStorage } from '../support/mapStorage';
import { alice, bob, caller, create, holdBack, loggedIn, password } from '../support/watchedAws';

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

  test('one after the other in one storage, which then holds nothing of the first', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const first = apig.getCurrentUser()!.getUsername();
    await apig.login(bob, password);
    expect([...storage.items.entries()].flat().join()).not.toContain(first);
  });

  test('a renewal of one is not held up by that of the other', async () => {
    const [one, two] = [await loggedIn(alice), await loggedIn(bob)];
    const held = holdBack('GetTokensFromRefreshToken');
    const first = one.getUserToken({ forceRefresh: true });
    await held.reached;
    await expect(two.getUserToken({ forceRefresh: true })).resolves.toMatch(/^eyJ/);
    held.open();
    await expect(first).resolves.toMatch(/^eyJ/);
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
