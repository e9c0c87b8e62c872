/** Tells that the user pool has ended the session from all other failures. */
import type { AuthError } from '../../errors.js';
import { hasCode, toAuthError } from '../shared/index.js';

/**
 * The error of a session that the user pool has ended. Any other failure is thrown.
 * @param error What a call threw.
 * @param doing What the call did, such as "Renewing the session".
 * @param endpoint The user pool's endpoint.
 * @param refreshToken The refresh token, to be hidden in the error.
 * @returns AuthError `SessionExpired`
 * @throws AuthError for everything else
 */
export function expiryIn(error: unknown, doing: string, endpoint: string, refreshToken: string): AuthError {
  const reason = toAuthError(error, { service: 'user pool', doing, endpoint, secrets: [refreshToken] });
  if (hasCode(reason, 'SessionExpired')) return reason;
  throw reason;
}
