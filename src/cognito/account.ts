/** Sign-up, confirmation and passwords. */
import { loaded } from './authErrors.js';
import { forwarded } from './forwarding.js';
import type { UserPool } from './userPool.js';
import type { UserSession } from './userSession.js';

/** Where a code was sent. */
export interface CodeDelivery {
  /** The address or number, partly hidden. */
  readonly destination: string | undefined;
  /** `EMAIL` or `SMS`. */
  readonly medium: string | undefined;
}

/** What came of a sign-up. */
export interface SignUpResult {
  /** The user's permanent id, the `sub` of the tokens. */
  readonly userSub: string;
  /** Whether the user can log in already; otherwise `confirmSignUp` comes next. */
  readonly userConfirmed: boolean;
  /** Where the code for `confirmSignUp` was sent; its values are undefined where none was. */
  readonly codeDelivery: CodeDelivery;
}

/** What a user, or someone about to become one, does with an account. */
export interface Account {
  /**
   * Creates a user.
   * @param username The name to log in with; an e-mail address where the pool is set up so.
   * @param password The password.
   * @param attributes Such as `{ email: 'user@example.com' }`. Default: none.
   * @returns The user's permanent id, and whether `confirmSignUp` comes next.
   * @throws AuthError `UserExists`, `InvalidPassword`, `InvalidInput`
   */
  readonly signUp: (
    username: string,
    password: string,
    attributes?: Readonly<Record<string, string>>,
  ) => Promise<SignUpResult>;
  /**
   * Confirms a new user with the code that was sent.
   * @param username The name that `signUp` was given.
   * @param code The code, as the user typed it.
   * @throws AuthError `CodeMismatch`, `CodeExpired`
   */
  readonly confirmSignUp: (username: string, code: string) => Promise<void>;
  /**
   * Sends the code for `confirmSignUp` again.
   * @param username The name that `signUp` was given.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `InvalidInput` where the user is confirmed already, `TooManyAttempts`
   */
  readonly resendConfirmationCode: (username: string) => Promise<CodeDelivery>;
  /**
   * Sends a code with which to set a new password.
   * @param username The name, or an alias such as the e-mail address.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `TooManyAttempts`
   */
  readonly forgotPassword: (username: string) => Promise<CodeDelivery>;
  /**
   * Sets a new password with the code of `forgotPassword`.
   * @param username The name that `forgotPassword` was given.
   * @param code The code, as the user typed it.
   * @param newPassword The password to log in with from now on.
   * @throws AuthError `CodeMismatch`, `CodeExpired`, `InvalidPassword`
   */
  readonly resetPassword: (username: string, code: string, newPassword: string) => Promise<void>;
  /**
   * Changes the password of the user who is logged in.
   * @param oldPassword The password until now.
   * @param newPassword The password to log in with from now on.
   * @throws AuthError `NotLoggedIn`, `WrongPassword`, `InvalidPassword`, `SessionExpired`; `SessionChanged` where the user
   *   logged out, or another one logged in, before it was sent: the password is the old one still
   */
  readonly changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
}

/** The names of an account's functions. */
export const ACCOUNT_FUNCTIONS = [
  'signUp',
  'confirmSignUp',
  'resendConfirmationCode',
  'forgotPassword',
  'resetPassword',
  'changePassword',
] as const;

/**
 * The functions of an account. What they do is loaded with the first call: most visits need none of them.
 * @param open Gives the user pool, or throws where there is none.
 * @param requireUser Gives a session where there is one, or throws.
 */
export function createAccount(
  open: () => UserPool,
  requireUser: (session: UserSession | undefined) => UserSession,
): Account {
  return forwarded<Account, keyof Account>(ACCOUNT_FUNCTIONS, async (name, args) => {
    const pool = open();
    const session = pool.current(); // of whoever asks: someone else may be logged in once that is loaded
    const { accountOperations } = await loaded(import('./accountOperations.js'), name);
    return Reflect.apply(
      accountOperations(pool, () => requireUser(session))[name],
      undefined,
      args,
    ) as Promise<unknown>;
  });
}
