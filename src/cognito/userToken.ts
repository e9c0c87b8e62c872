/** The ID token of the user who is logged in, for apps that ask for it. */
import { notThisUser } from './notLoggedIn.js';
import { hasUsername, isForcedRenewal } from './options.js';
import type { UserPool, UserSession } from './userPool/index.js';

/**
 * Gets the ID token of a session.
 * @param pool The user pool.
 * @param session The session that was found when the app asked.
 * @param given What the app passed: the user, `{ forceRefresh: true }`, or nothing.
 * @returns A token that does not expire shortly.
 * @throws AuthError `NotLoggedIn` for another user; `InvalidConfig` for another argument; what renewing throws
 */
export async function getUserToken(pool: UserPool, session: UserSession, given: unknown): Promise<string> {
  const isUser = hasUsername(given);
  if (isUser && !pool.isUserOf(given, session)) throw notThisUser();
  const { idToken } = await session.validTokens({ renew: !isUser && isForcedRenewal(given) });
  session.assertCurrent();
  return idToken;
}
