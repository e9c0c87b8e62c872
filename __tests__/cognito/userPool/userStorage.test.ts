import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { memoryStorage } from '../../../src/cognito/userPool/storage';
import { sessionKeys, userStorage } from '../../../src/cognito/userPool/userStorage';
import type { UserStorage } from '../../../src/cognito/userPool/userStorage';
import { failingStorage, storageFailed } from '../../support/failingStorage';

const clientId = 'the-client';
const { lastUser, of } = sessionKeys(clientId);

/** As amazon-cognito-identity-js writes a session: the tokens, then whose they are. */
function writeSession(view: UserStorage, username: string, token: string): void {
  view.setItem(of(username, 'idToken'), token);
  view.setItem(lastUser, username);
}

test('the keys are those of amazon-cognito-identity-js, so that its own sessions are found', () => {
  expect(lastUser).toBe('CognitoIdentityServiceProvider.the-client.LastAuthUser');
  expect(of('user', 'idToken')).toBe('CognitoIdentityServiceProvider.the-client.user.idToken');
});

describe('userStorage', () => {
  test('what a login writes is there for the login, and in the storage once it is committed', () => {
    const storage = withMemoryFallback(memoryStorage());
    const view = userStorage(storage, clientId);
    writeSession(view, 'user', 'token');
    expect(view.getItem(of('user', 'idToken'))).toBe('token');
    expect(storage.getItem(lastUser)).toBeNull();
    view.commit('user');
    expect(storage.getItem(lastUser)).toBe('user');
    expect(storage.getItem(of('user', 'idToken'))).toBe('token');
  });

  test('who is no longer current writes nothing and takes nothing of the next one', () => {
    const storage = withMemoryFallback(memoryStorage());
    const first = userStorage(storage, clientId, 'first');
    storage.setItem(lastUser, 'second');
    writeSession(first, 'first', 'late');
    first.removeItem(lastUser);
    expect(storage.getItem(lastUser)).toBe('second');
    expect(storage.getItem(of('first', 'idToken'))).toBeNull();
    expect(first.getItem(lastUser)).toBe('first'); // a late refresh must not take the other for itself
  });

  test('a closed view leaves a new session of the same user alone', () => {
    const storage = withMemoryFallback(memoryStorage());
    const old = userStorage(storage, clientId, 'user');
    old.close();
    writeSession(userStorage(storage, clientId, 'user'), 'user', 'unused');
    storage.setItem(lastUser, 'user');
    storage.setItem(of('user', 'idToken'), 'new');
    writeSession(old, 'user', 'late');
    old.removeItem(of('user', 'idToken'));
    expect(storage.getItem(of('user', 'idToken'))).toBe('new');
  });

  describe('where the storage cannot be read', () => {
    /** A view of the user `user`, on a storage that holds a session and can no longer be read. */
    function unreadable() {
      const { storage, items, fail } = failingStorage();
      const view = userStorage(withMemoryFallback(storage), clientId, 'user');
      items.set(lastUser, 'user');
      items.set(of('user', 'idToken'), 'token');
      fail('getItem');
      return { view, items };
    }

    test('nothing is written, since it may be another user’s by now', () => {
      const { view, items } = unreadable();
      writeSession(view, 'user', 'late');
      expect(items.get(of('user', 'idToken'))).toBe('token');
    });

    test('the user’s name is removed even so: a user who logs out must not stay', () => {
      const { view, items } = unreadable();
      view.removeItem(lastUser);
      expect(items.get(lastUser) ?? '').toBe('');
    });

    test('a login under way reads nothing, and is told afterwards, though the storage can be read again', () => {
      const { storage, fail } = failingStorage();
      const view = userStorage(withMemoryFallback(storage), clientId);
      view.assertReadable();
      fail('getItem');
      expect(view.getItem(of('user', 'deviceKey'))).toBeNull();
      fail();
      expect(() => {
        view.assertReadable();
      }).toThrow(/^The storage that keeps the session failed: The operation is insecure: getItem\. /);
    });

    test('a logout removes all, and says what failed', () => {
      const { view, items } = unreadable();
      expect(view.forget()).toMatchObject(storageFailed);
      expect([...items.values()].join('')).toBe('');
    });
  });

  test('shows no token when inspected', () => {
    const view = userStorage(withMemoryFallback(memoryStorage()), clientId);
    writeSession(view, 'user', 'a-token');
    expect(JSON.stringify(view)).not.toContain('a-token');
  });
});
