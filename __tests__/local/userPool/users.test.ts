import type { StoredUser } from '../../../src/local/userPool/storedUser';
import { UserDirectory } from '../../../src/local/userPool/users';

/** Users in a map, as cognito-local keeps them. */
function directory() {
  const users = new Map<string, StoredUser>();
  const store = {
    listUsers: () => Promise.resolve([...users.values()]),
    saveUser: (user: StoredUser) => {
      users.set(user.Username, user);
      return Promise.resolve();
    },
    groupsOf: () => Promise.resolve([]),
  };
  return { users, directory: new UserDirectory(store, () => new Date(0), {}) };
}

const plain = { username: 'plain', password: 'Passw0rd!', attributes: [], status: 'CONFIRMED' } as const;

it('changes what is to change, of the user who is there by then', async () => {
  const { directory: own } = directory();
  const early = await own.create(plain);
  await Promise.all([own.update(early, { Password: 'N3w-Passw0rd' }), own.update(early, { Enabled: false })]);
  expect(await own.get('plain')).toMatchObject({ Password: 'N3w-Passw0rd', Enabled: false });
});

it('brings nobody back who was deleted, and changes nobody who came after', async () => {
  const { users, directory: own } = directory();
  const deleted = await own.create(plain);
  users.delete('plain');
  await expect(own.update(deleted, { Password: 'x' })).rejects.toMatchObject({ code: 'UserNotFoundException' });
  const next = await own.create(plain);
  await expect(own.update(deleted, { Password: 'x' })).rejects.toMatchObject({ code: 'UserNotFoundException' });
  expect(await own.get('plain')).toEqual(next);
});

it('gives a name once, and goes on after a refusal', async () => {
  const { directory: own } = directory();
  const made = await Promise.allSettled([
    own.create(plain),
    own.create(plain),
    own.create({ ...plain, username: 'PLAIN' }),
  ]);
  expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await own.create({ ...plain, username: 'other' })).toMatchObject({ Username: 'other' });
});
