/** The default instance's operations on accounts: sign-up, confirmation and passwords. */
import { createAccount } from '../cognito/index.js';
import type { CodeDelivery, SignUpResult } from '../cognito/index.js';
import { defaultApig } from './defaultApig.js';

/**
 * Creates a user.
 * @param username The name to log in with; an e-mail address where the pool is set up so.
 * @param password The password.
 * @param attributes Such as `{ email: 'user@example.com' }`. Default: none.
 * @returns The user's permanent id, and whether `confirmSignUp` comes next.
 * @throws AuthError `UserExists`, `InvalidPassword`, `InvalidInput`; `NotConfigured` before `configure`
 * @example
 * const { userConfirmed } = await signUp('user@example.com', password);
 */
export async function signUp(
  username: string,
  password: string,
  attributes?: Readonly<Record<string, string>>,
): Promise<SignUpResult> {
  return createAccount(defaultApig('signUp')).signUp(username, password, attributes);
}

/**
 * Confirms a new user with the code that was sent.
 * @param username The name that `signUp` was given.
 * @param code The code, as the user typed it.
 * @returns A promise of nothing.
 * @throws AuthError `CodeMismatch`, `CodeExpired`; `NotConfigured` before `configure`
 * @example
 * await confirmSignUp('user@example.com', '123456');
 */
export async function confirmSignUp(username: string, code: string): Promise<void> {
  return createAccount(defaultApig('confirmSignUp')).confirmSignUp(username, code);
}

/**
 * Sends the code for `confirmSignUp` again.
 * @param username The name that `signUp` was given.
 * @returns Where it was sent.
 * @throws AuthError `UserNotFound`, `InvalidInput` where the user is confirmed already, `TooManyAttempts`; `NotConfigured`
 *   before `configure`
 * @example
 * const { destination } = await resendConfirmationCode('user@example.com');
 */
export async function resendConfirmationCode(username: string): Promise<CodeDelivery> {
  return createAccount(defaultApig('resendConfirmationCode')).resendConfirmationCode(username);
}

/**
 * Sends a code with which to set a new password.
 * @param username The name, or an alias such as the e-mail address.
 * @returns Where it was sent.
 * @throws AuthError `UserNotFound`, `TooManyAttempts`; `NotConfigured` before `configure`
 * @example
 * const { destination } = await forgotPassword('user@example.com');
 */
export async function forgotPassword(username: string): Promise<CodeDelivery> {
  return createAccount(defaultApig('forgotPassword')).forgotPassword(username);
}

/**
 * Sets a new password with the code of `forgotPassword`.
 * @param username The name that `forgotPassword` was given.
 * @param code The code, as the user typed it.
 * @param newPassword The password to log in with from now on.
 * @returns A promise of nothing.
 * @throws AuthError `CodeMismatch`, `CodeExpired`, `InvalidPassword`; `NotConfigured` before `configure`
 * @example
 * await resetPassword('user@example.com', '123456', newPassword);
 */
export async function resetPassword(username: string, code: string, newPassword: string): Promise<void> {
  return createAccount(defaultApig('resetPassword')).resetPassword(username, code, newPassword);
}

/**
 * Changes the password of the user who is logged in.
 * @param oldPassword The password until now.
 * @param newPassword The password to log in with from now on.
 * @returns A promise of nothing.
 * @throws AuthError `NotLoggedIn`, `WrongPassword`, `InvalidPassword`, `SessionExpired`; `SessionChanged` where the user
 *   logged out, or another one logged in, before it was sent: the password is then still the old one. `NotConfigured` before
 *   `configure`.
 * @example
 * await changePassword(oldPassword, newPassword);
 */
export async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  return createAccount(defaultApig('changePassword')).changePassword(oldPassword, newPassword);
}
