/** What two instances on one storage that answers by promises know of each other's writes. */
import type { AsyncTokenStorage } from '../../../src/apig/index';
import { openStorage } from '../../../src/cognito/userPool/loadedStorage';
import { sessionKeys } from '../../../src/cognito/userPool/userStorage';
import { createGate } from '../../support/gate';
import { slowStorage } from '../../support/slowStorage';

describe('two instances on one storage', () => {
  const key = sessionKeys('client').lastUser;

  test('what is written while the second reads goes before what it has read', async () => {
    const { storage, items } = slowStorage(new Map([[key, 'alice']]));
    const gate = createGate();
    let isHeld = false;
    const given: AsyncTokenStorage = {
      ...storage,
      async getItem(name) {
        const value = items.get(name) ?? null;
        if (isHeld) await gate.pass();
        return value;
      },
    };
    const first = openStorage(given, 'client', []);
    await first.load();
    const second = openStorage(given, 'client', []);
    isHeld = true;
    const loading = second.load();
    first.storage.setItem(key, 'bob');
    await first.flush();
    gate.open();
    await loading;
    expect([first.storage.getItem(key), second.storage.getItem(key), items.get(key)]).toEqual(['bob', 'bob', 'bob']);
  });

  test('what could not be written is known to the second', async () => {
    const { storage, failing } = slowStorage();
    failing.add('setItem');
    const first = openStorage(storage, 'client', []);
    await first.load();
    first.storage.setItem(key, 'alice');
    expect(await first.flush()).toMatchObject({ code: 'StorageFailed' });
    const second = openStorage(storage, 'client', []);
    await second.load();
    expect([first.storage.getItem(key), second.storage.getItem(key)]).toEqual(['alice', 'alice']);
  });
});

test('a value that is being replaced is not what the second reads, though an earlier one has been written', async () => {
  const key = sessionKeys('client').lastUser;
  const items = new Map<string, string>();
  const gates = [createGate(), createGate()];
  let writes = 0;
  const given: AsyncTokenStorage = {
    ...slowStorage(items).storage,
    async setItem(name, value) {
      await gates[writes++]!.pass();
      items.set(name, value);
    },
  };
  const first = openStorage(given, 'client', []);
  await first.load();
  first.storage.setItem(key, 'alice');
  first.storage.setItem(key, 'bob');
  gates[0]!.open();
  await gates[1]!.reached;
  expect(items.get(key)).toBe('alice');
  const second = openStorage(given, 'client', []);
  await second.load();
  expect(second.storage.getItem(key)).toBe('bob');
  gates[1]!.open();
  await first.flush();
  expect(items.get(key)).toBe('bob');
});

describe('what is loaded', () => {
  const { lastUser, of } = sessionKeys('client');
  // All that amazon-cognito-identity-js keeps of a user and this package uses, or removes at a logout.
  const items = ['idToken', 'accessToken', 'refreshToken', 'clockDrift', 'userData', 'deviceKey'] as const;

  test.each([
    ['the values of the user who is named', 'alice', [lastUser, ...items.map((item) => of('alice', item)), 'guest']],
    ['no user’s values where none is named', null, [lastUser, 'guest']],
    ['nor where the name could not be removed, and is an empty text', '', [lastUser, 'guest']],
  ])('%s', async (_, name, keys) => {
    const asked: string[] = [];
    const getItem = (key: string) => {
      asked.push(key);
      return Promise.resolve(key === lastUser ? name : null);
    };
    const opened = openStorage({ ...slowStorage().storage, getItem }, 'client', ['guest']);
    asked.length = 0; // the first question only shows how the storage answers
    await opened.load();
    expect(asked).toEqual(keys);
  });
});

test.each([5, {}, '', null, undefined])('a value that is no text counts as none: %j', async (value) => {
  const given = {
    getItem: () => Promise.resolve(value as string),
    setItem: () => undefined,
    removeItem: () => undefined,
  };
  const key = sessionKeys('client').lastUser;
  const opened = openStorage(given, 'client', []);
  await opened.load();
  expect(opened.storage.getItem(key)).toBeNull();
});
