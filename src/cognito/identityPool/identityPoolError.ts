/** What a failed call of an identity pool becomes, whichever client made it. */
import { toAuthError } from '../shared/index.js';
import type { Logins } from './types.js';

/**
 * Runs a call of an identity pool, and turns what it throws into an AuthError.
 * @param run Makes the call.
 * @param logins Whose tokens the error must not show.
 * @param endpoint The pool's endpoint, which an error names where it cannot be reached.
 * @throws AuthError `IdentityPoolRefused`, `Unreachable` …
 */
export async function withPoolErrors<T>(run: () => Promise<T>, logins: Logins, endpoint: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const secrets = Object.values(logins);
    throw toAuthError(error, { service: 'identity pool', doing: 'Getting credentials', endpoint, secrets });
  }
}
