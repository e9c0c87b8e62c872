/** Sign-up, confirmation and passwords: the library's operations as promises. */
import { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import { AuthError } from '../errors.js';
import type { UserPool } from './userPool.js';

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
   * @throws AuthError `NotLoggedIn`, `WrongPassword`, `InvalidPassword`
   */
  readonly changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
}

/**
 * The account operations of a user pool.
 * @param open Gives the user pool, or throws where there is none.
 */
export function createAccount(open: () => UserPool): Account {
  return {
    async signUp(username, password, attributes = {}) {
      const pool = open();
      const list = Object.entries(attributes).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));
      const signedUp = pool.ask(
        'signing up',
        promise<SignUpAnswer>((done) => {
          pool.pool.signUp(username, password, list, [], done);
        }),
        [password],
      );
      const { userSub, userConfirmed, codeDeliveryDetails } = await signedUp;
      return { userSub, userConfirmed, codeDelivery: readDelivery(codeDeliveryDetails) };
    },

    async confirmSignUp(username, code) {
      const pool = open();
      const answer = promise((done) => {
        pool.user(username).confirmRegistration(code, false, done);
      });
      await pool.ask('confirming the user', answer, [code]);
    },

    async resendConfirmationCode(username) {
      const pool = open();
      const answer = promise<{ CodeDeliveryDetails?: unknown }>((done) => {
        pool.user(username).resendConfirmationCode(done);
      });
      return readDelivery((await pool.ask('sending the code', answer)).CodeDeliveryDetails);
    },

    async forgotPassword(username) {
      const pool = open();
      const answer = new Promise<{ CodeDeliveryDetails?: unknown }>((resolve, reject) => {
        pool.user(username).forgotPassword({ onSuccess: resolve, onFailure: reject, inputVerificationCode: resolve });
      });
      return readDelivery((await pool.ask('sending the code', answer)).CodeDeliveryDetails);
    },

    async resetPassword(username, code, newPassword) {
      const pool = open();
      const answer = new Promise<string>((resolve, reject) => {
        pool.user(username).confirmPassword(code, newPassword, { onSuccess: resolve, onFailure: reject });
      });
      await pool.ask('setting the password', answer, [code, newPassword]);
    },

    async changePassword(oldPassword, newPassword) {
      const pool = open();
      const user = await currentSession(pool).authorizedUser();
      const answer = promise((done) => {
        user.changePassword(oldPassword, newPassword, done);
      });
      await pool.ask('changing the password', answer, [oldPassword, newPassword]);
    },
  };
}

/** @throws AuthError `NotLoggedIn` */
export function currentSession(pool: UserPool | undefined) {
  const session = pool?.current();
  if (session === undefined) {
    throw new AuthError('NotLoggedIn', 'No user is logged in. Call login(username, password) first.');
  }
  return session;
}

interface SignUpAnswer {
  readonly userSub: string;
  readonly userConfirmed: boolean;
  readonly codeDeliveryDetails?: unknown;
}

/** A call with a Node-style callback, as a promise. */
function promise<T>(start: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}

function readDelivery(details: unknown): CodeDelivery {
  const { Destination, DeliveryMedium } = (details ?? {}) as Record<string, unknown>;
  return {
    destination: typeof Destination === 'string' ? Destination : undefined,
    medium: typeof DeliveryMedium === 'string' ? DeliveryMedium : undefined,
  };
}
