import { PoolStore } from '../../../src/local/userPool/poolStore';
import { UserPassword } from '../../../src/local/userPool/userPassword';
import { UserDirectory } from '../../../src/local/userPool/users';

function directory() {
  const store = new PoolStore([]);
  return { store, users: new UserDirectory(store, () => new Date(0), {}) };
}

const plain = { username: 'plain', password: 'Passw0rd!', attributes: [], status: 'CONFIRMED' } as const;

it('changes what is to change, of the user who is there by then', () => {
  const { users } = directory();
  const early = users.create(plain);
  const changed = new UserPassword('N3w-Passw0rd');
  users.update(early, { Password: changed });
  users.update(early, { Enabled: false });
  expect(users.get('plain').Enabled).toBe(false);
  expect(users.get('plain').Password).toBe(changed);
});

it('brings nobody back who was deleted, and changes nobody who came after', () => {
  const { store, users } = directory();
  const deleted = users.create(plain);
  store.deleteUser(deleted);
  const refused = expect.objectContaining({ code: 'UserNotFoundException' }) as Error;
  expect(() => users.update(deleted, { Password: new UserPassword('x') })).toThrow(refused);
  const next = users.create(plain);
  expect(() => users.update(deleted, { Password: new UserPassword('x') })).toThrow(refused);
  expect(users.get('plain')).toEqual(next);
});

it('gives a name once, whatever its case, and goes on after a refusal', () => {
  const { users } = directory();
  users.create(plain);
  const taken = expect.objectContaining({ code: 'UsernameExistsException' }) as Error;
  for (const username of ['plain', 'PLAIN']) expect(() => users.create({ ...plain, username })).toThrow(taken);
  expect(users.create({ ...plain, username: 'other' })).toMatchObject({ Username: 'other' });
});

it.each(['constructor', '__proto__', 'toString'])('a user may be called %s', (username) => {
  const { users } = directory();
  expect(users.find(username)).toBeUndefined();
  users.create({ ...plain, username });
  expect(users.get(username)).toMatchObject({ Username: username });
});
