/** What a storage refuses to take stands in memory, for as long as the storage holds nothing newer. */
import { inspect } from 'node:util';
import { withMemoryFallback } from '../../../src/cognito/userPool/fallbackStorage';
import { failingStorage, storageFailed } from '../../support/failingStorage';
import { mapStorage } from '../../support/mapStorage';

describe('withMemoryFallback', () => {
  test('what stands in memory gives way to what another tab stores', () => {
    const { storage, items, fail } = failingStorage();
    const safe = withMemoryFallback(storage);
    safe.setItem('a', 'old');
    fail('setItem', 'removeItem');
    safe.setItem('a', 'new');
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
