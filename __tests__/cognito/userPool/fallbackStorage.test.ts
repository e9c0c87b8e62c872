/** What a storage refuses to take stands in memory, for as long as the storage holds nothing newer. */
import { inspect } from 'node:util';
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { failingStorage, storageFailed } from '../../support/failingStorage';
import { mapStorage } from '../../support/mapStorage';

/** A storage that has taken `old`, and refuses `new`. */
function refusing() {
  const { storage, items, fail } = failingStorage();
  const safe = withMemoryFallback(storage);
  safe.setItem('a', 'old');
  fail('setItem', 'removeItem');
  safe.setItem('a', 'new');
  return { items, safe };
}

describe('withMemoryFallback', () => {
  test('what stands in memory gives way to what another tab stores', () => {
    const { items, safe } = refusing();
    expect(items.get('a')).toBe('old');
    expect(safe.getItem('a')).toBe('new');
    items.set('a', 'theirs');
    expect(safe.getItem('a')).toBe('theirs');
    expect(safe.removeItem('a')).toMatchObject(storageFailed);
    expect(safe.getItem('a')).toBeNull();
    items.delete('a');
    items.set('a', 'theirs again');
    expect(safe.getItem('a')).toBe('theirs again');
  });

  test('what another tab stores after a failure counts, also where ours was never read', () => {
    const { items, safe } = refusing();
    items.set('a', 'theirs');
    expect(safe.getItem('a')).toBe('theirs');
  });

  test('a storage that has no value may say undefined', () => {
    const { items, ...inner } = mapStorage();
    const safe = withMemoryFallback({ ...inner, getItem: (key) => items.get(key) });
    expect(safe.getItem('a')).toBeNull();
    safe.setItem('a', 'value');
    expect(safe.removeItem('a')).toBeUndefined();
    expect(safe.getItem('a')).toBeNull();
  });

  test('an empty text is no value: it stands for one that could not be removed', () => {
    const storage = mapStorage();
    storage.setItem('a', '');
    expect(withMemoryFallback(storage).getItem('a')).toBeNull();
    expect(withMemoryFallback(storage).removeItem('a')).toBeUndefined();
  });

  test('a storage that has not removed a value is told of, with what to look at', () => {
    const storage = { ...mapStorage(), removeItem: () => undefined };
    storage.setItem('a', 'value');
    expect(withMemoryFallback(storage).removeItem('a')).toMatchObject({
      code: 'StorageFailed',
      message:
        'The storage that keeps the session failed: a value is still there after removeItem. ' +
        'Check the option storage; where it is localStorage, whether the browser allows the page to use it.',
    });
  });

  test('its errors show no token that the storage’s own error repeats', () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`;
    const storage = {
      ...mapStorage(),
      removeItem: () => {
        throw new Error(`cannot remove ${token}`);
      },
    };
    expect(inspect(withMemoryFallback(storage).removeItem('a'))).not.toContain(token);
  });
});
