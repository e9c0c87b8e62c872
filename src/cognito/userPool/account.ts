/** Sign-up, confirmation and passwords. */
import { AuthError } from '../../errors.js';
import { checkInput, hasCode, unusableInput } from '../shared/index.js';
import { isObject } from '../../util/index.js';
import { callAsUser } from './callAsUser.js';
import type { UserSession } from './session.js';
import { userContext } from './userContext.js';
import type { UserPool } from './userPool.js';

/** Where a code was sent. */
export interface CodeDelivery {
  /** The e-mail address or telephone number, partly hidden, such as `u***@e***`; `undefined` where no code was sent. */
  readonly destination: string | undefined;
  /** `EMAIL` or `SMS`; `undefined` where no code was sent. */
  readonly medium: string | undefined;
}

/** The result of a sign-up. */
export interface SignUpResult {
  /** The user's permanent id, the `sub` of the tokens. */
  readonly userSub: string;
  /** Whether the user can log in already; otherwise `confirmSignUp` comes next. */
  readonly userConfirmed: boolean;
  /** Where the code for `confirmSignUp` was sent. */
  readonly codeDelivery: CodeDelivery;
}

/** The operations on a user's account, before and after login. */
export interface Account {
  /**
   * Creates a user.
   * @param username The name to log in with; an e-mail address where the pool is set up so.
   * @param password The password.
   * @param attributes Such as `{ email: 'user@example.com' }`. Default: none.
   * @returns The user's permanent id, and whether `confirmSignUp` comes next.
   * @throws AuthError `UserExists`, `InvalidPassword`, `InvalidInput`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
   * @example
   * const { userConfirmed } = await apig.signUp('user@example.com', password);
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
   * @returns A promise of nothing.
   * @throws AuthError `CodeMismatch`, `CodeExpired`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
   * @example
   * await apig.confirmSignUp('user@example.com', '123456');
   */
  readonly confirmSignUp: (username: string, code: string) => Promise<void>;
  /**
   * Sends the code for `confirmSignUp` again.
   * @param username The name that `signUp` was given.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `InvalidInput` where the user is confirmed already, `TooManyAttempts`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html
   * @example
   * const { destination } = await apig.resendConfirmationCode('user@example.com');
   */
  readonly resendConfirmationCode: (username: string) => Promise<CodeDelivery>;
  /**
   * Sends a code with which to set a new password.
   * @param username The name, or an alias such as the e-mail address.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `TooManyAttempts`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
   * @example
   * const { destination } = await apig.forgotPassword('user@example.com');
   */
  readonly forgotPassword: (username: string) => Promise<CodeDelivery>;
  /**
   * Sets a new password with the code of `forgotPassword`.
   * @param username The name that `forgotPassword` was given.
   * @param code The code, as the user typed it.
   * @param newPassword The password to log in with from now on.
   * @returns A promise of nothing.
   * @throws AuthError `CodeMismatch`, `CodeExpired`, `InvalidPassword`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html
   * @example
   * await apig.resetPassword('user@example.com', '123456', newPassword);
   */
  readonly resetPassword: (username: string, code: string, newPassword: string) => Promise<void>;
  /**
   * Changes the password of the user who is logged in.
   * @param oldPassword The password until now.
   * @param newPassword The password to log in with from now on.
   * @returns A promise of nothing.
   * @throws AuthError `NotLoggedIn`, `WrongPassword`, `InvalidPassword`, `SessionExpired`; `SessionChanged` where the user
   *   logged out, or another one logged in, before it was sent: the password is then still the old one
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
   * @example
   * await apig.changePassword(oldPassword, newPassword);
   */
  readonly changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
  /**
   * Calls an operation of the user pool in the name of the user who is logged in, such as `GetUser`, `UpdateUserAttributes` or
   * `SetUserMFAPreference`.
   * @param operation The operation's name in the API reference.
   * @param input The operation's parameters, without `AccessToken`, which is added. Default: none.
   * @returns The answer's JSON, unchanged.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `NotAuthorized`; `InvalidInput` for what is no operation's name, or no object as input;
   *   `SessionChanged` where the user logged out, or another one logged in, before it was sent
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
   * @example
   * const { UserAttributes } = await apig.callUserPool('GetUser');
   */
  readonly callUserPool: (operation: string, input?: object) => Promise<Record<string, unknown>>;
}

/**
 * Makes the operations on accounts. Each calls the user pool once.
 * @param open Gives the user pool, or throws where there is none.
 * @param currentSession Gives the session of the user who is logged in, or throws where no one is.
 */
export function createAccount(open: () => UserPool, currentSession: () => UserSession): Account {
  function about(username: string): object {
    checkInput(username, 'username', 'the name of a user');
    const { config } = open();
    return { ClientId: config.clientId, Username: username, UserContextData: userContext(config, username) };
  }

  function request(operation: string, input: object, doing: string, secrets?: readonly string[]) {
    const { waitFor, call } = open();
    return waitFor(doing, call(operation, input), secrets);
  }

  return {
    async signUp(username, password, attributes = {}) {
      checkInput(password, 'password', 'text');
      if (!isObject(attributes)) throw unusableInput('attributes', 'texts by the names of attributes', attributes);
      for (const [name, value] of Object.entries(attributes)) checkInput(value, `attributes['${name}']`, 'text');
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const input = { ...about(username), Password: password, UserAttributes };
      const answer = await request('SignUp', input, 'Signing up', [password]);
      return {
        userSub: String(answer.UserSub),
        userConfirmed: answer.UserConfirmed === true,
        codeDelivery: readDelivery(answer),
      };
    },

    async confirmSignUp(username, code) {
      checkInput(code, 'code', 'the code, as text');
      const input = { ...about(username), ConfirmationCode: code, ForceAliasCreation: false };
      await request('ConfirmSignUp', input, 'Confirming the user', [code]);
    },

    async resendConfirmationCode(username) {
      return readDelivery(await request('ResendConfirmationCode', about(username), 'Sending the code'));
    },

    async forgotPassword(username) {
      return readDelivery(await request('ForgotPassword', about(username), 'Sending the code'));
    },

    async resetPassword(username, code, newPassword) {
      checkInput(code, 'code', 'the code, as text');
      checkInput(newPassword, 'newPassword', 'text');
      const input = { ...about(username), ConfirmationCode: code, Password: newPassword };
      await request('ConfirmForgotPassword', input, 'Setting the password', [code, newPassword]);
    },

    async changePassword(oldPassword, newPassword) {
      checkInput(oldPassword, 'oldPassword', 'text');
      checkInput(newPassword, 'newPassword', 'text');
      const change = callAsUser(open(), currentSession(), {
        operation: 'ChangePassword',
        input: { PreviousPassword: oldPassword, ProposedPassword: newPassword },
        doing: 'Changing the password',
        secrets: [oldPassword, newPassword],
      });
      await change.catch((error: unknown) => {
        if (!hasCode(error, 'WrongPassword')) throw error;
        const { cause } = error;
        throw new AuthError('WrongPassword', 'Changing the password failed: oldPassword is not the present one.', {
          cause,
        });
      });
    },

    async callUserPool(operation, input = {}) {
      if (!/^[A-Z]\w{1,63}$/.test(operation)) throw unusableInput('operation', 'a name such as GetUser', operation);
      if (!isObject(input)) throw unusableInput('input', 'its parameters, as an object', input);
      return callAsUser(open(), currentSession(), {
        operation,
        input,
        doing: `Calling ${operation}`,
        secrets: textsIn(input),
      });
    },
  };
}

function readDelivery({ CodeDeliveryDetails: details }: Record<string, unknown>): CodeDelivery {
  const { Destination, DeliveryMedium } = (details ?? {}) as Record<string, unknown>;
  return {
    destination: typeof Destination === 'string' ? Destination : undefined,
    medium: typeof DeliveryMedium === 'string' ? DeliveryMedium : undefined,
  };
}

/** Collects every text in what is sent, to hide it in errors: any may be a password or a code. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (Object(value) !== value || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value as object).flatMap((part) => textsIn(part, seen));
}
