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

  test('a login under way reads what the storage holds, and who is logged in there', () => {
    const storage = withMemoryFallback(memoryStorage());
    writeSession(userStorage(storage, clientId, 'former'), 'former', 'unused');
    storage.setItem(lastUser, 'former');
    storage.setItem(of('former', 'deviceKey'), 'the-device');
    const view = userStorage(storage, clientId);
    expect(view.getItem(lastUser)).toBe('former');
    expect(view.getItem(of('former', 'deviceKey'))).toBe('the-device');
  });

  test('what a login takes back, or clears, it does not write; what the storage holds stays', () => {
    const storage = withMemoryFallback(memoryStorage());
    storage.setItem(of('user', 'accessToken'), 'present');
    const view = userStorage(storage, clientId);
    view.setItem(of('user', 'accessToken'), 'taken back');
    view.removeItem(of('user', 'accessToken'));
    expect(view.getItem(of('user', 'accessToken'))).toBe('present');
    view.setItem(of('user', 'idToken'), 'cleared');
    view.clear();
    view.commit('user');
    expect(storage.getItem(of('user', 'accessToken'))).toBe('present');
    expect(storage.getItem(of('user', 'idToken'))).toBeNull();
  });

  test('whose the tokens are is written last, once, and by the pool’s own name', () => {
    const written: [string, string][] = [];
    const inner = memoryStorage();
    const setItem = (key: string, value: string) => {
      written.push([key, value]);
      inner.setItem(key, value);
    };
    const view = userStorage(withMemoryFallback({ ...inner, setItem }), clientId);
    view.setItem(lastUser, 'user@example.com');
    view.setItem(of('user', 'idToken'), 'token');
    view.commit('user');
    expect(written).toEqual([
      [of('user', 'idToken'), 'token'],
      [lastUser, 'user'],
    ]);
  });

  test('who is current writes at once, but not who is', () => {
    const storage = withMemoryFallback(memoryStorage());
    storage.setItem(lastUser, 'user');
    const view = userStorage(storage, clientId, 'user');
    view.setItem(of('user', 'idToken'), 'renewed');
    view.setItem(lastUser, 'another');
    expect(storage.getItem(of('user', 'idToken'))).toBe('renewed');
    expect(storage.getItem(lastUser)).toBe('user');
  });

  test('who is no longer current removes what was theirs', () => {
    const storage = withMemoryFallback(memoryStorage());
    storage.setItem(lastUser, 'second');
    storage.setItem(of('first', 'idToken'), 'token');
    userStorage(storage, clientId, 'first').removeItem(of('first', 'idToken'));
    expect(storage.getItem(of('first', 'idToken'))).toBeNull();
  });

  describe('forget', () => {
    /** The keys that are asked to be removed, on a storage that fails to remove those of `stuck`. */
    function watched(user: string | undefined, stuck: readonly string[] = []) {
      const removed: string[] = [];
      const inner = memoryStorage();
      const removeItem = (key: string) => {
        removed.push(key);
        if (stuck.includes(key)) throw new Error(`${key} is stuck`);
        inner.removeItem(key);
      };
      inner.setItem(lastUser, 'user');
      return { removed, view: userStorage(withMemoryFallback({ ...inner, removeItem }), clientId, user) };
    }
    // What `CognitoUser.clearCachedUser` of amazon-cognito-identity-js removes, and what it caches of the user's attributes.
    const items = ['idToken', 'accessToken', 'refreshToken', 'clockDrift', 'userData'] as const;

    test.each([
      ['the user who is current', 'user', [lastUser, ...items.map((item) => of('user', item))]],
      ['one who no longer is', 'former', items.map((item) => of('former', item))],
      ['a login under way, which has stored nothing', undefined, []],
    ])('removes the session of %s, and no more', (_, user, keys) => {
      const { removed, view } = watched(user);
      expect(view.forget()).toBeUndefined();
      expect(removed).toEqual(keys);
    });

    test('removes nothing once the view is closed', () => {
      const { removed, view } = watched('user');
      view.close();
      expect(view.forget()).toBeUndefined();
      expect(removed).toEqual([]);
    });

    test('goes on where one value is stuck, and tells of that', () => {
      const { removed, view } = watched('user', [of('user', 'accessToken'), of('user', 'userData')]);
      expect(view.forget()).toMatchObject({ cause: { message: `${of('user', 'accessToken')} is stuck` } });
      expect(removed).toHaveLength(6);
    });
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
      return { view, items, fail };
    }

    test('what the user keeps there is not told as nothing', () => {
      const { view } = unreadable();
      expect(() => view.getItem(of('user', 'idToken'))).toThrow(expect.objectContaining(storageFailed) as Error);
    });

    test('who has just been found to be current writes even so, and no longer than for that', () => {
      const { view, items, fail } = unreadable();
      const renew = (token: string) => () => {
        view.setItem(of('user', 'idToken'), token);
      };
      view.writeAsCurrent(renew('renewed'));
      fail();
      expect(view.getItem(of('user', 'idToken'))).toBe('renewed');
      items.set(lastUser, 'another');
      renew('late')();
      expect(view.getItem(of('user', 'idToken'))).toBe('renewed');
      const failed = new Error('could not be encoded');
      expect(() => {
        view.writeAsCurrent(() => {
          throw failed;
        });
      }).toThrow(failed);
      renew('late')();
      expect(view.getItem(of('user', 'idToken'))).toBe('renewed');
    });

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
