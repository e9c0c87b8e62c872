/** Operations of the user pool in the name of the user who is logged in. */
import { hasCode } from '../shared/index.js';
import type { UserSession } from './session.js';
import type { UserPool } from './userPool.js';

/** What an operation is called with. */
export interface UserCall {
  /** Its name, such as `GetUser`. */
  readonly operation: string;
  /** Its parameters, without the access token. */
  readonly input: object;
  /** What for, as in "Changing the password". */
  readonly doing: string;
  /** Values to hide in errors. */
  readonly secrets?: readonly string[];
}

/**
 * Calls an operation with the user's access token.
 * @param pool The user pool.
 * @param session The session of the user.
 * @param call What to call.
 * @returns The answer.
 * @throws AuthError, `SessionChanged` where the user logged out before it was sent
 */
export async function callAsUser(
  pool: UserPool,
  session: UserSession,
  { operation, input, doing, secrets = [] }: UserCall,
): Promise<Record<string, unknown>> {
  const attempt = async (renew: boolean) => {
    const { accessToken } = await session.validTokens({ renew });
    session.assertCurrent(); // the user may have logged out while this waited
    const answer = pool.call(operation, { ...input, AccessToken: accessToken });
    return pool.waitFor(doing, answer, [...secrets, accessToken]);
  };
  try {
    return await attempt(false);
  } catch (error) {
    // The pool's clock decides, and a revoked token does not look old: a new one is worth one more attempt.
    if (!hasCode(error, 'SessionExpired')) throw error;
    return attempt(true);
  }
}
