import { mapStorage } from '../support/mapStorage';
import { rejection } from '../support/signedFetchHarness';
import { arrived, asUser, loggedIn, send, tab } from '../support/boundTabs';
test.each([
  ['with', asUser('alice')],
  ['without', {}],
])(
  'a call whose body is being hashed while another tab logs someone else in is not sent, %s login',
  async (_, login) => {
    const storage = mapStorage();
    await loggedIn('bob', storage);
    const bobs = [...storage.items];
    await loggedIn('alice', storage);
    const { apig } = tab(storage);
    expect(await send(apig, 'alice')).toBe('alice'); // its credentials are kept
    arrived.length = 0;
    const { subtle } = globalThis.crypto;
    const digest = subtle.digest.bind(subtle);
    let times = 0;
    const spy = jest.spyOn(subtle, 'digest').mockImplementation((...given) => {
      if (times++ === 0) for (const [key, value] of bobs) storage.setItem(key, value);
      return digest(...given);
    });
    try {
      const call = rejection(
        apig.invokeApig({
          path: '/',
          method: 'POST',
          body: 'alice'.padEnd(300_000),
          headers: { 'content-type': 'text/plain' },
          ...login,
        }),
      );
      expect(await call).toMatchObject({ code: 'SessionChanged' });
      expect(times).toBeGreaterThan(0);
      expect(arrived).toEqual([]);
    } finally {
      spy.mockRestore();
    }
  },
);
