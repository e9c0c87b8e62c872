/** A storage that is full: sessions live in memory, and give way to what another tab stores. */
import { createApig } from '../../../src/apig/index';
import { mapStorage } from '../../support/mapStorage';
import { aws, expiryOf, loggedIn, other, pass, password, time, username } from '../../support/skewedPool';

describe('a full storage', () => {
  test('does not stand in the way of a login, nor of the logout after it', async () => {
    const storage = mapStorage();
    storage.setItem('the app’s own', 'kept');
    const apig = await loggedIn({ storage });
    storage.room = [...storage.items].flat().join('').length - 1000;
    const user = await apig.login(other, password);
    expect(apig.getCurrentUser()).toBe(user);
    await expect(apig.getAwsCredentials()).resolves.toHaveProperty('accessKeyId');
    await apig.logout();
    expect(apig.getCurrentUser()).toBeNull();
    expect([...storage.items.keys()]).toEqual(['the app’s own']);
  });

  test('of one tab does not end what another tab has stored since', async () => {
    const storage = mapStorage();
    const [first, second] = [createApig(aws.config, { storage }), createApig(aws.config, { storage })];
    storage.room = 0;
    await first.login(username, password);
    storage.room = Infinity;
    await second.login(other, password);
    expect(first.getCurrentUser()?.getUsername()).toBe(second.getCurrentUser()!.getUsername());
    await expect(first.getUserToken()).resolves.toBe(await second.getUserToken());
  });

  test('keeps no renewed tokens: they are good for as long as the page is there', async () => {
    const storage = mapStorage();
    const apig = await loggedIn({ storage });
    storage.room = 0;
    pass(60);
    const token = await apig.getUserToken();
    expect(expiryOf(token)).toBeGreaterThan(time);
    await expect(apig.getUserToken()).resolves.toBe(token);
    expect([...storage.items.values()]).not.toContain(token);
  });
});
