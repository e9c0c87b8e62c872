/** Passwords: forgotten ones, and changing them. */
import type { DeliveryDetails } from './codes.js';
import { resetContactOf, simulatedDelivery } from './contacts.js';
import { attemptLimitExceeded, INCORRECT_LOGIN, notAuthorized } from './errors.js';
import { namedUser, tokensUser } from './requestUsers.js';
import type { Operation, Pool } from './state.js';
import { poolName, text } from './state.js';
import type { StoredUser } from './stored.js';
import { UserPassword } from './userPassword.js';

/** Compared with in place of the password of a user who does not exist. An equal password does not log in either. */
const NO_PASSWORD = new UserPassword('');

const forgotPassword: Operation = (pool, request) => {
  const { name, user, subject } = namedUser(pool, request);
  if (pool.attempts.sending.isLocked(subject)) throw attemptLimitExceeded();
  pool.attempts.sending.count(subject);
  const isHidden = user === undefined || (pool.preventUserExistenceErrors && 'refusal' in resetContactOf(user));
  if (!isHidden) return { CodeDeliveryDetails: sendResetCode(pool, user) };
  pool.codes.simulate(subject, 'FORGOT_PASSWORD');
  return { CodeDeliveryDetails: simulatedDelivery(pool, name, user) };
};

const confirmForgotPassword: Operation = (pool, request) => {
  const { user, subject } = namedUser(pool, request);
  const password = text(request, 'Password');
  const code = text(request, 'ConfirmationCode');
  pool.users.checkPassword(password);
  if (user === undefined || (pool.preventUserExistenceErrors && !user.Enabled)) {
    return pool.codes.refuse(subject, 'FORGOT_PASSWORD', pool.attempts.codes);
  }
  pool.codes.use(user, 'FORGOT_PASSWORD', code, pool.attempts.codes);
  pool.users.update(user, { Password: new UserPassword(password), UserStatus: 'CONFIRMED' });
  // Wrong guesses were guesses of the old password, and no longer count.
  pool.attempts.passwords.forget(subject);
  return {};
};

const changePassword: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const proposed = text(request, 'ProposedPassword');
  const previous = text(request, 'PreviousPassword');
  const subject = pool.simulation.subjectOf(user.Username, user);
  const outcome = pool.attempts.previousPasswords.check(subject, () => isPassword(pool, user, previous));
  if (outcome === 'locked') throw attemptLimitExceeded();
  if (outcome === 'wrong') throw notAuthorized(INCORRECT_LOGIN);
  pool.users.checkPassword(proposed);
  pool.users.update(user, { Password: new UserPassword(proposed) });
  return {};
};

/** The operations of this file by their names on the wire. */
export const passwordOperations: Readonly<Record<string, Operation>> = {
  ForgotPassword: forgotPassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ChangePassword: changePassword,
};

/**
 * Compares a password with a user's in constant time: by their digests, so that the lengths do not show, and with the same work for a
 * user who does not exist.
 */
export function isPassword(pool: Pool, user: StoredUser | undefined, given: string): boolean {
  const { Password, Username: username } = user ?? { Password: NO_PASSWORD, Username: '' };
  return Password.matches(given, { poolName: poolName(pool), username }) && user !== undefined;
}

/**
 * Sends a code for setting a new password.
 * @throws AwsJsonError where the user may not reset the password, or has no verified address to send the code to
 */
export function sendResetCode(pool: Pool, user: StoredUser): DeliveryDetails {
  const found = resetContactOf(user);
  if ('refusal' in found) throw found.refusal;
  return pool.codes.send(user, 'FORGOT_PASSWORD', found.contact);
}
