/** What the tests of the challenges of a login share: accounts, how a login begins, and what it shows at its end. */
import type { LocalUserPool } from '../../src/local/userPool';
import { PASSWORD, lastCode as lastCodeOf } from './accountHarness';
import { login, refresh, refused } from './userPoolHarness';
import type { Outcome } from './userPoolHarness';

export { PASSWORD };
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const MISMATCH = 'CodeMismatchException: Invalid code received for user';

export const account = (name: string) => ({ username: `${name}@example.com`, password: PASSWORD });

/** Logs in over the password flow, as fast as possible, and stops at the first challenge. */
export const start = (pool: LocalUserPool, name: string): Promise<Outcome> =>
  login(pool, `${name}@example.com`, PASSWORD, 'USER_PASSWORD_AUTH');

export const parametersOf = (outcome: Outcome) => ('parameters' in outcome ? outcome.parameters : {});

export const lastCode = (pool: LocalUserPool, name: string): string => lastCodeOf(pool, `${name}@example.com`);

/** Finishes a login and shows that its refresh token works. */
export async function expectWorkingSession(pool: LocalUserPool, outcome: Outcome): Promise<void> {
  if (!('session' in outcome)) throw new Error(`expected a session, got ${outcome.step}`);
  expect(await refused(refresh(pool, outcome.session.getRefreshToken().getToken()))).toBe('success');
}
