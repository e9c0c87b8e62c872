/** The ID token is renewed before it is too old, and where it no longer can be, the session ends. */
import { mapStorage } from '../support/mapStorage';
import { alice, bob, loggedIn, minutes, now, taken } from '../support/watchedAws';

describe('the ID token', () => {
  test('is renewed before the identity pool sees an old one, once for all who wait', async () => {
    const apig = await loggedIn();
    const first = await apig.getUserToken();
    minutes(58);
    expect(await apig.getUserToken()).toBe(first);
    minutes(1.5);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => apig.getUserToken(apig.getCurrentUser())));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(first);
    expect(taken()).toEqual(['GetTokensFromRefreshToken']);
    await expect(apig.getAwsCredentials(tokens[0])).resolves.toHaveProperty('accessKeyId');
  });

  test('is renewed and tried once more where the identity pool finds it too old', async () => {
    // A clock that stands still on the device: to it, the token never grows old.
    const started = now().getTime();
    const apig = await loggedIn(alice, { now: () => started });
    minutes(61);
    await expect(apig.getAwsCredentials()).resolves.toHaveProperty('accessKeyId');
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId', 'GetId', 'GetTokensFromRefreshToken']);
  });

  test('a refresh token that no longer works ends the session at once, with advice', async () => {
    const other = await loggedIn(bob);
    const apig = await loggedIn(bob);
    await other.logout({ global: true });
    minutes(60);
    await expect(apig.getUserToken()).rejects.toMatchObject({
      code: 'SessionExpired',
      message: expect.stringContaining('Log in again') as string,
    });
    expect(taken()).toEqual(['GetTokensFromRefreshToken', 'GlobalSignOut']); // the library itself would ask again and again, for 6.4 s
    expect(apig.getCurrentUser()).toBeNull();
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'NotLoggedIn' });
  });

  test('a session that has ended so does not stand in the way of the next login in another tab', async () => {
    const storage = mapStorage();
    const [other, apig] = [await loggedIn(bob), await loggedIn(bob, { storage })];
    await other.logout({ global: true });
    minutes(60);
    await expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
    await loggedIn(bob, { storage });
    await expect(apig.getUserToken()).resolves.toMatch(/^eyJ/);
  });
});
