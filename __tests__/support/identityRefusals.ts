/** Two pools that refuse: one that takes guests and one that does not, on a clock that stands still. Neither may fail itself. */
import { CredentialStore } from '../../src/local/credentials';
import { startIdentityPool } from '../../src/local/identityPool';
import type { LocalIdentityPool } from '../../src/local/identityPool';
import { CLIENT_ID, ISSUER, createIssuer } from './identityPoolHarness';

export const NOW = new Date(Date.UTC(2024, 5, 1, 12));

export let keys: Awaited<ReturnType<typeof createIssuer>>;
export let pool: LocalIdentityPool;
export let strict: LocalIdentityPool;
const failures: unknown[] = [];

beforeAll(async () => {
  keys = await createIssuer('key-1');
  const options = {
    store: new CredentialStore({ now: () => NOW }),
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    now: () => NOW,
    onError: (error: unknown) => void failures.push(error),
  };
  strict = await startIdentityPool(options);
  pool = await startIdentityPool({ ...options, allowGuests: true });
});
afterAll(() => Promise.all([pool.stop(), strict.stop()]));
afterEach(() => {
  expect(failures).toEqual([]);
});
