/** Whose a call is: decided when it is made, and looked at once more before it leaves. */
import { createAccount } from '../../src/cognito/index.js';
import { mapStorage } from '../support/mapStorage';
import { rejection } from '../support/signedFetchHarness';
import { LIFETIME, arrived, asUser, loggedIn, pass, password, send, tab } from '../support/boundTabs';

describe('a call that waits while another tab logs someone else in is not sent', () => {
  test.each([
    ['with the login of the stored user', asUser('alice')],
    ['without a login', {}],
  ])('%s, on a page that has just loaded', async (_, login) => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetId');
    const call = rejection(send(apig, 'alice', login));
    await held.reached;
    await loggedIn('bob', storage);
    held.open();
    expect(await call).toMatchObject({ name: 'AuthError', code: 'SessionChanged' });
    expect(arrived).toEqual([]);
    expect(await send(apig, 'bob')).toBe('bob');
  });

  test('and its user is found when it is made, not when it is first awaited', async () => {
    const storage = mapStorage();
    await loggedIn('bob', storage);
    const bobs = [...storage.items];
    await loggedIn('alice', storage);
    const { apig } = tab(storage);
    for (const login of [{}, asUser('alice')]) {
      const call = rejection(send(apig, 'alice', login));
      const alices = [...storage.items];
      for (const [key, value] of bobs) storage.setItem(key, value);
      expect(await call).toMatchObject({ code: 'SessionChanged' });
      for (const [key, value] of alices) storage.setItem(key, value);
    }
    expect(arrived).toEqual([]);
  });

  test('with a session that turns out to have ended: whoever came later stays', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    pass((4 * LIFETIME + 1) * 1000);
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetTokensFromRefreshToken');
    const call = rejection(send(apig, 'alice', asUser('alice')));
    await held.reached;
    const other = await loggedIn('bob', storage);
    held.open();
    expect(await call).toMatchObject({ code: 'SessionChanged' });
    expect(other.getCurrentUser()?.getUsername()).toBe('bob');
    expect(arrived).toEqual([]);
  });

  test('between two attempts', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    const { apig } = tab(storage, {
      fetch: async (input, init) => {
        const isCall = !new Headers(init?.headers).has('x-amz-target');
        if (!isCall) return fetch(input, init);
        await loggedIn('bob', storage);
        return new Response('{"message":"Service Unavailable"}', { status: 503 });
      },
    });
    const retry = { baseDelay: 1, methods: ['POST'] };
    const call = apig.invokeApig({ path: '/', method: 'POST', body: 'alice', retry, ...asUser('alice') });
    expect(await rejection(call)).toMatchObject({ code: 'SessionChanged' });
  });
});

describe('a login that a call brings along', () => {
  test('gives exactly the session that it opens: one that is overtaken ends the call', async () => {
    const { apig } = tab(mapStorage());
    const calls = [send(apig, 'alice', asUser('alice')), send(apig, 'alice', asUser('alice'))].map(rejection);
    const later = send(apig, 'bob', asUser('bob'));
    for (const call of calls) expect(await call).toMatchObject({ code: 'SessionChanged' });
    expect(await later).toBe('bob');
    expect(arrived).toEqual(['bob/bob']);
  });

  test('is not shared any more once a logout has overtaken it', async () => {
    const { apig } = tab(mapStorage());
    const before = rejection(send(apig, 'alice', asUser('alice')));
    const logout = apig.logout();
    const after = send(apig, 'alice', asUser('alice'));
    expect(await before).toMatchObject({ code: 'SessionChanged' });
    await logout;
    expect(await after).toBe('alice');
  });

  test('ends where another tab logs someone in the moment it is done', async () => {
    const storage = mapStorage();
    await loggedIn('bob', storage);
    const bobs = [...storage.items];
    storage.items.clear();
    const { setItem } = storage;
    storage.setItem = (key, value) => {
      setItem(key, value);
      if (!key.endsWith('.LastAuthUser') || value !== 'alice') return;
      for (const [name, text] of bobs) setItem(name, text);
    };
    const { apig } = tab(storage);
    expect(await rejection(send(apig, 'alice', asUser('alice')))).toMatchObject({ code: 'SessionChanged' });
    expect(arrived).toEqual([]);
  });

  test('does not end a call that comes before it has told that it is done', async () => {
    const storage = mapStorage();
    const { apig } = tab(storage);
    const { setItem } = storage;
    const early = new Promise<string>((resolve, reject) => {
      storage.setItem = (key, value) => {
        setItem(key, value);
        if (key.endsWith('.LastAuthUser')) queueMicrotask(() => void send(apig, 'alice').then(resolve, reject));
      };
    });
    await apig.login('alice', password);
    expect(await early).toBe('alice');
  });
});

describe('changePassword', () => {
  test('is not sent once another tab has logged someone else in', async () => {
    const storage = mapStorage();
    await loggedIn('alice', storage);
    pass(LIFETIME * 1000);
    const { apig, holdBack } = tab(storage);
    const held = holdBack('GetTokensFromRefreshToken');
    const change = rejection(createAccount(apig).changePassword(password, 'Another-1-pass'));
    await held.reached;
    await loggedIn('bob', storage);
    held.open();
    expect(await change).toMatchObject({ code: 'SessionChanged' });
    await loggedIn('alice'); // with the old password
  });

  test('nor where the change comes while nothing is asked', async () => {
    const storage = mapStorage();
    const apig = await loggedIn('alice', storage);
    const change = rejection(createAccount(apig).changePassword(password, 'Another-1-pass'));
    storage.items.clear();
    expect(await change).toMatchObject({ code: 'SessionChanged' });
    await loggedIn('alice');
  });
});
