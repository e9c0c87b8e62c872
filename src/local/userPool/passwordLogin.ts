/** Logging in with the password itself, in place of SRP. */
import { afterPassword } from './challenges.js';
import { INCORRECT_LOGIN, notAuthorized, passwordAttemptsExceeded } from './errors.js';
import { isPassword } from './passwords.js';
import { findNamed, userIdOf } from './requestUsers.js';
import type { Pool } from './state.js';

/**
 * Checks a password, and goes on with the login.
 *
 * @throws AwsJsonError
 */
export function checkPassword(pool: Pool, clientId: string, name: string, password: string): object {
  const { user, subject } = findNamed(pool, name);
  const outcome = pool.attempts.passwords.check(subject, () => isPassword(pool, user, password));
  if (outcome === 'locked') throw passwordAttemptsExceeded();
  if (user === undefined || outcome === 'wrong') throw notAuthorized(INCORRECT_LOGIN);
  return afterPassword(pool, user, { clientId, userId: userIdOf(pool, name, user) });
}
