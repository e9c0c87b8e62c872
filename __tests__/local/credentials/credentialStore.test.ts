import { inspect } from 'node:util';
import { CredentialStore } from '../../../src/local/credentials';
import { LocalAwsError } from '../../../src/local/options';
import { SigV4ClientError } from '../../../src/sigv4';
import { HOUR } from '../../support/clocks';

const identityId = 'us-east-1:11111111-2222-4333-8444-555555555555';

function storeWithClock(options: { limit?: number } = {}) {
  let time = Date.UTC(2024, 0, 1);
  const store = new CredentialStore({ ...options, now: () => new Date(time) });
  return { store, start: time, advance: (ms: number) => void (time += ms) };
}

describe('issue', () => {
  test('makes credentials of the form that AWS gives out', () => {
    const issued = new CredentialStore().issue({ identityId, authenticated: true, username: 'user@example.com' });
    expect(issued.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(issued.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(issued.sessionToken).toMatch(/^IQoJb3JpZ2luX2Vj[A-Za-z0-9+/]{900,1500}={0,2}$/);
    expect(issued).toMatchObject({ identityId, authenticated: true, username: 'user@example.com' });
  });

  test('has no username key for a guest', () => {
    expect(new CredentialStore().issue({ identityId, authenticated: false })).not.toHaveProperty('username');
  });

  test('never gives out the same values twice', () => {
    const store = new CredentialStore();
    const all = Array.from({ length: 200 }, () => store.issue({ identityId, authenticated: true }));
    expect(new Set(all.map((one) => one.accessKeyId)).size).toBe(200);
    expect(new Set(all.map((one) => one.secretAccessKey)).size).toBe(200);
    expect(new Set(all.map((one) => one.sessionToken)).size).toBe(200);
  });

  test.each([
    [undefined, HOUR],
    [2, 2000],
    [0.25, 250],
    [43_200, 12 * HOUR],
  ])('a lifetime of %p s ends after %p ms', (lifetime, ms) => {
    const { store, start } = storeWithClock();
    expect(
      store.issue({ identityId, authenticated: true, lifetimeSeconds: lifetime }).expiration.getTime() - start,
    ).toBe(ms);
  });

  test.each([0, -1, NaN, Infinity])('refuses a lifetime of %p', (lifetime) => {
    const issue = () => new CredentialStore().issue({ identityId, authenticated: true, lifetimeSeconds: lifetime });
    expect(issue).toThrow(LocalAwsError);
    expect(issue).toThrow(SigV4ClientError);
    expect(issue).toThrow(`lifetimeSeconds: expected seconds above 0, got ${lifetime}`);
  });
});

describe('find, revoke, clear', () => {
  test('find gives what was issued, and nothing for an unknown id', () => {
    const store = new CredentialStore();
    const issued = store.issue({ identityId, authenticated: true });
    expect(store.find(issued.accessKeyId)).toEqual(issued);
    expect(store.find('ASIAAAAAAAAAAAAAAAAA')).toBeUndefined();
    expect(store.find('__proto__')).toBeUndefined();
  });

  test('a revoked one is unknown', () => {
    const store = new CredentialStore();
    const issued = store.issue({ identityId, authenticated: true });
    const other = store.issue({ identityId, authenticated: true });
    expect(store.revoke(issued.accessKeyId)).toBe(true);
    expect(store.revoke(issued.accessKeyId)).toBe(false);
    expect(store.find(issued.accessKeyId)).toBeUndefined();
    expect(store.find(other.accessKeyId)).toEqual(other);
  });

  test('clear forgets all', () => {
    const store = new CredentialStore();
    store.issue({ identityId, authenticated: true });
    store.clear();
    expect(store.size).toBe(0);
  });
});

describe('memory', () => {
  test('an expired one is still found for an hour, so that it can be told from an unknown one', () => {
    const { store, advance } = storeWithClock();
    const issued = store.issue({ identityId, authenticated: true, lifetimeSeconds: 10 });
    advance(10_000 + HOUR - 1);
    expect(store.find(issued.accessKeyId)).toEqual(issued);
    advance(1);
    expect(store.find(issued.accessKeyId)).toBeUndefined();
  });

  test('long-expired ones go when new ones come', () => {
    const { store, advance } = storeWithClock();
    for (let i = 0; i < 100; i++) store.issue({ identityId, authenticated: true, lifetimeSeconds: 1 });
    advance(HOUR + 1000);
    store.issue({ identityId, authenticated: true });
    expect(store.size).toBe(1);
  });

  test('beyond the limit the oldest go', () => {
    const { store } = storeWithClock({ limit: 3 });
    const issued = Array.from({ length: 5 }, () => store.issue({ identityId, authenticated: true }));
    expect(store.size).toBe(3);
    expect(issued.map((one) => store.find(one.accessKeyId) !== undefined)).toEqual([false, false, true, true, true]);
  });

  test.each([0, -1, 1.5, NaN])('refuses a limit of %p', (limit) => {
    expect(() => new CredentialStore({ limit })).toThrow(`limit: expected a whole number above 0, got ${limit}`);
  });
});

test('neither logging nor serializing a store shows a secret', () => {
  const store = new CredentialStore();
  const { secretAccessKey, sessionToken } = store.issue({ identityId, authenticated: true });
  for (const text of [inspect(store, { depth: null, showHidden: true }), JSON.stringify(store)]) {
    expect(text).not.toContain(secretAccessKey);
    expect(text).not.toContain(sessionToken);
  }
});
