/** What a failed call of an identity pool becomes, whichever client made it. */
import { toAuthError } from '../shared/index.js';
import type { Logins } from './types.js';

/**
 * Runs what asks an identity pool for credentials.
 * @param run The work.
 * @param logins Whose tokens the error must not show.
 * @param endpoint The pool's endpoint, which an error names where it cannot be reached.
 * @throws AuthError `IdentityPoolRefused`, `Unreachable` …
 */
export async function orIdentityPoolError<T>(run: () => Promise<T>, logins: Logins, endpoint: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const secrets = Object.values(logins);
    throw toAuthError(error, { service: 'identity pool', doing: 'Getting credentials', endpoint, secrets });
  }
}
