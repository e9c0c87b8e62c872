/** Identity pools for one test each, which share a clock and a store; and who logs in to them. */
import { CredentialStore } from '../../src/local/credentials';
import { startIdentityPool } from '../../src/local/identityPool';
import type { IdentityPoolOptions, LocalIdentityPool } from '../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, call, createIssuer, idClaims } from './identityPoolHarness';

export const NOW = new Date(Date.UTC(2024, 5, 1, 12));

let keys: Awaited<ReturnType<typeof createIssuer>>;
export let google: Awaited<ReturnType<typeof createIssuer>>;
export let clock = NOW;
const running: LocalIdentityPool[] = [];
export const store = new CredentialStore({ now: () => clock });

export async function start(options: Partial<IdentityPoolOptions> = {}): Promise<LocalIdentityPool> {
  const userPool = { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks };
  const pool = await startIdentityPool({ store, userPool, now: () => clock, ...options });
  running.push(pool);
  return pool;
}

export const login = async (sub = 'user-1', name = 'user@example.com') => ({
  [PROVIDER]: await keys.sign(idClaims(clock, { sub, 'cognito:username': name })),
});

export async function getId(pool: LocalIdentityPool, logins: Record<string, string> = {}): Promise<string> {
  const { body } = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins: logins });
  return body.IdentityId;
}

export function setClock(time: Date): void {
  clock = time;
}

beforeAll(async () => {
  keys = await createIssuer('key-1');
  google = await createIssuer('google-1', 'ES256');
});
beforeEach(() => {
  clock = NOW;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((pool) => pool.stop()));
});
