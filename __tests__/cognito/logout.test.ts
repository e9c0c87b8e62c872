/** What a logout clears, here and on other devices. */
import { createApig as createApigWithLibrary } from '../../src/apig/invokeApig';
import { mapStorage } from '../support/mapStorage';
import { alice, aws, bob, caller, create, loggedIn, minutes, now, password } from '../support/watchedAws';

describe('logout', () => {
  test('clears everything, at once', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    expect(storage.items.size).toBeGreaterThan(0);
    const done = apig.logout();
    expect([...storage.items]).toEqual([]);
    await done;
    await apig.logout(); // once more does no harm
  });

  test('where no one is logged in removes no one', async () => {
    const storage = mapStorage();
    const removed: string[] = [];
    await create({ storage: { ...storage, removeItem: (key) => void removed.push(key) } }).logout();
    expect(removed.filter((key) => key.startsWith('CognitoIdentityServiceProvider.'))).toEqual([]);
  });

  test('leaves no tokens in the user object of amazon-cognito-identity-js, which an app may have kept', async () => {
    const apig = createApigWithLibrary(aws.config, { now });
    const user = await apig.login(alice, password);
    expect(user.getSignInUserSession()?.getIdToken().getJwtToken()).toMatch(/^eyJ/);
    await apig.logout();
    expect(user.getSignInUserSession()).toBeNull();
  });

  test('leaves what else the storage holds', async () => {
    const storage = mapStorage();
    storage.setItem('the app’s own', 'kept');
    const apig = await loggedIn(alice, { storage });
    await apig.logout();
    expect([...storage.items.keys()]).toEqual(['the app’s own']);
  });

  test.each([true, 0, 'x', { foo: 1 }, { global: 'yes' }])(
    'with %j, which is refused: the user is logged out here all the same',
    async (given) => {
      const apig = await loggedIn();
      const outcome = apig.logout(given as never);
      await expect(outcome).rejects.toMatchObject({ name: 'AuthError', code: 'InvalidConfig' });
      await expect(caller(apig)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    },
  );

  test('with null: as without options', async () => {
    const apig = await loggedIn();
    await apig.logout(null as never);
    await expect(caller(apig)).rejects.toMatchObject({ code: 'NotLoggedIn' });
  });

  test('global: other devices are signed out', async () => {
    const [here, there] = [await loggedIn(bob), await loggedIn(bob)];
    await here.logout({ global: true });
    expect(here.getCurrentUser()).toBeNull();
    minutes(60);
    await expect(caller(there)).rejects.toMatchObject({ code: 'SessionExpired' });
  });

  test('global, with tokens that have grown old', async () => {
    const [here, there] = [await loggedIn(bob), await loggedIn(bob)];
    minutes(61);
    await here.logout({ global: true });
    await expect(there.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
  });
});
