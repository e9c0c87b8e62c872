import { KnownIdentities, uuidFrom } from '../../../src/local/identityPool/identities';

test('remembers the 10,000 identities that were used last', () => {
  const identities = new KnownIdentities();
  for (let i = 0; i < 10_000; i++) identities.add(`id-${i}`, 'guest');
  identities.add('id-0', 'guest');
  identities.add('one more', 'user');
  expect(identities.get('id-0')).toBe('guest');
  expect(identities.get('id-1')).toBeUndefined();
  expect(identities.get('id-2')).toBe('guest');
  expect(identities.get('one more')).toBe('user');
});

test('ids depend on each part, and on where one ends and the next begins', () => {
  const ids = [uuidFrom('a', 'b'), uuidFrom('b', 'a'), uuidFrom('ab'), uuidFrom('a,b'), uuidFrom('a', 'b', '')];
  expect(new Set(ids).size).toBe(5);
  expect(uuidFrom('a', 'b')).toBe(ids[0]);
});
