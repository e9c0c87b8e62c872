/** Operations of the user pool in the name of the user who is logged in. */
import { hasCode } from '../shared/index.js';
import type { UserSession } from './session.js';
import type { UserPool } from './userPool.js';

/** A call of an operation. */
export interface UserCall {
  /** The operation's name, such as `GetUser`. */
  readonly operation: string;
  /** The operation's parameters, without the access token. */
  readonly input: object;
  /** What the call does, as errors say it, such as "Changing the password". */
  readonly doing: string;
  /** Values to hide in errors. */
  readonly secrets: readonly string[];
}

/**
 * Calls an operation with the user's access token.
 * @param pool The user pool.
 * @param session The session of the user.
 * @param call What to call.
 * @returns The answer.
 * @throws AuthError: `SessionChanged` where the user logged out before it was sent, otherwise the code for the pool's refusal
 */
export async function callAsUser(
  pool: UserPool,
  session: UserSession,
  { operation, input, doing, secrets }: UserCall,
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
    // A token can be refused though it looks good here: the clock may be wrong, or the token revoked. So a new one is tried once.
    if (!hasCode(error, 'SessionExpired')) throw error;
    return attempt(true);
  }
}
