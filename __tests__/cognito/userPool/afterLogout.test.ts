/** After a logout no token of its session is good, one of another login is, and an open challenge goes no further. */
import { createApig } from '../../../src/apig/index';
import type { Apig, TokenStorage } from '../../../src/apig/index';
import { mapStorage } from '../../support/mapStorage';
import { aws, loggedIn, other, pass, password } from '../../support/skewedPool';

describe('after a logout', () => {
  test('a token of a new login elsewhere, such as the hosted login page, is the user’s own', async () => {
    const apig = await loggedIn();
    const token = await apig.getUserToken();
    pass(1);
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    pass(1);
    const elsewhere = await (await loggedIn()).getUserToken();
    await expect(apig.getAwsCredentials(elsewhere)).resolves.toHaveProperty('accessKeyId');
  });

  test('no token of any login of the session is good, also where another tab had logged the user in anew', async () => {
    const storage = mapStorage();
    const apig = await loggedIn({ storage });
    const token = await apig.getUserToken();
    pass(1);
    await loggedIn({ storage });
    expect(await apig.getUserToken()).not.toBe(token);
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
  });

  test('nor of a session that another tab has ended, before anything else is asked here', async () => {
    const storage = mapStorage();
    const apig = await loggedIn({ storage });
    const token = await apig.getUserToken();
    await createApig(aws.config, { storage }).login(other, password);
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
  });

  test.each<[string, (apig: Apig, storage: TokenStorage) => Promise<unknown>]>([
    ['a logout', (apig) => apig.logout()],
    ['another login in another tab', (_, storage) => createApig(aws.config, { storage }).login(other, password)],
  ])('nor, after %s, of a session that a renewal mended, since its stored tokens were damaged', async (_, end) => {
    const storage = mapStorage();
    await loggedIn({ storage });
    for (const key of [...storage.items.keys()])
      if (/\.(idToken|accessToken)$/.test(key)) storage.items.set(key, 'a.b');
    const apig = createApig(aws.config, { storage });
    const token = await apig.getUserToken();
    await end(apig, storage);
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    // What names no login is not taken for one of that session: the identity pool judges it.
    await expect(apig.getAwsCredentials('a.b.c')).rejects.toMatchObject({ code: 'IdentityPoolRefused' });
  });

  test('during a challenge, no new password is set', async () => {
    const apig = createApig(aws.config);
    const login = apig.login('temporary', password, {
      async newPassword() {
        await apig.logout();
        return 'Br4nd-new!';
      },
    });
    await expect(login).rejects.toMatchObject({ code: 'SessionChanged' });
    await apig.login('temporary', password, { newPassword: () => 'An0ther-new!' });
  });
});
