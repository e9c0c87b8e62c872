/** Names that several users have in common, or in turn: whose a call by such a name is. */
import { mapStorage } from '../support/mapStorage';
import { adminCall } from '../support/userPoolHarness';
import { arrived, asUser, aws, loggedIn, password, send, tab } from '../support/boundTabs';

describe('names', () => {
  test('of two users with one address, it is no one’s: the pool says whose login it is', async () => {
    const storage = mapStorage();
    await loggedIn('dave', storage);
    const { apig } = tab(storage);
    expect(await send(apig, 'carol', asUser('family@example.com'))).toBe('carol');
  });

  test.each([
    ['in the page where the former owner has logged in with it', false],
    ['after a reload', true],
  ])('an address that has become another user’s is that user’s, %s', async (_, isReloaded) => {
    const storage = mapStorage();
    const address = (email: string) => [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
    ];
    const update = (Username: string, email: string) =>
      adminCall(aws.userPool, 'AdminUpdateUserAttributes', { Username, UserAttributes: address(email) });
    await update('alice', 'shared@example.com');
    const { apig: first } = tab(storage);
    await first.login('shared@example.com', password);
    const apig = isReloaded ? tab(storage).apig : first;
    await update('alice', 'alice@example.com');
    await update('bob', 'shared@example.com');
    const bobs = 'Another-1-pass';
    await adminCall(aws.userPool, 'AdminSetUserPassword', { Username: 'bob', Password: bobs, Permanent: true });
    try {
      const login = { username: 'shared@example.com', password: bobs };
      expect(await send(apig, 'bob', { login })).toBe('bob');
    } finally {
      await adminCall(aws.userPool, 'AdminSetUserPassword', { Username: 'bob', Password: password, Permanent: true });
      await update('bob', 'bob@example.com');
    }
    expect(arrived).toEqual(['bob/bob']);
  });

  test('typed in another case is the pool’s to tell', async () => {
    const apig = await loggedIn('bob');
    expect(await send(apig, 'alice', asUser('ALICE'))).toBe('alice');
    const user = apig.getCurrentUser();
    expect(await send(apig, 'alice', asUser('ALICE'))).toBe('alice');
    expect(await send(apig, 'alice', asUser('alice'))).toBe('alice');
    expect(apig.getCurrentUser()).toBe(user);
  });
});
