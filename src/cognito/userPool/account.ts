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
  /**
   * Calls an operation of the user pool in the name of the user who is logged in, such as `GetUser`, `UpdateUserAttributes` or
   * `SetUserMFAPreference`.
   * @param operation Its name.
   * @param input Its parameters, without `AccessToken`. Default: none.
   * @returns The answer, as it is.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`; `SessionChanged` where the user logged out, or another one logged in, before
   *   it was sent
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
   * @example
   * const { UserAttributes } = await apig.callUserPool('GetUser');
   */
  readonly callUserPool: (operation: string, input?: object) => Promise<Record<string, unknown>>;
}

/**
 * The functions of an account. Each calls the user pool once.
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

/** Every text in what is sent: any may be a password or a code, which an error must not repeat. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (Object(value) !== value || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value as object).flatMap((part) => textsIn(part, seen));
}
