/** Sign-up, confirmation and passwords. Bundlers drop this file where it is not used. */
import { AuthError } from '../../errors.js';
import { checkInput, hasCode, unusableInput } from '../shared/index.js';
import { isObject } from '../../util/index.js';
import { checkInstance } from './callUserPool.js';
import type { UserPoolCaller } from './callUserPool.js';

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
   * const { userConfirmed } = await account.signUp('user@example.com', password);
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
   * await account.confirmSignUp('user@example.com', '123456');
   */
  readonly confirmSignUp: (username: string, code: string) => Promise<void>;
  /**
   * Sends the code for `confirmSignUp` again.
   * @param username The name that `signUp` was given.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `InvalidInput` where the user is confirmed already, `TooManyAttempts`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html
   * @example
   * const { destination } = await account.resendConfirmationCode('user@example.com');
   */
  readonly resendConfirmationCode: (username: string) => Promise<CodeDelivery>;
  /**
   * Sends a code with which to set a new password.
   * @param username The name, or an alias such as the e-mail address.
   * @returns Where it was sent.
   * @throws AuthError `UserNotFound`, `TooManyAttempts`
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
   * @example
   * const { destination } = await account.forgotPassword('user@example.com');
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
   * await account.resetPassword('user@example.com', '123456', newPassword);
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
   * await account.changePassword(oldPassword, newPassword);
   */
  readonly changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
}

/**
 * The operations on accounts, for an instance. Bundlers drop them where an app has none.
 * @param apig What `createApig` or `configure` gave.
 * @returns Sign-up, confirmation and passwords. Each function calls the user pool once.
 * @throws AuthError `InvalidConfig` if it is not such an instance
 * @example
 * const account = createAccount(apig);
 * const { userConfirmed } = await account.signUp('user@example.com', password);
 */
export function createAccount(apig: UserPoolCaller): Account {
  checkInstance(apig);

  /** Calls an operation that needs no login. */
  function before(operation: string, username: string, input: object, doing: string, secrets: readonly string[] = []) {
    checkInput(username, 'username', 'the name of a user');
    return apig.callUserPool(operation, { Username: username, ...input }, { asUser: false, doing, secrets });
  }

  return {
    async signUp(username, password, attributes = {}) {
      checkInput(password, 'password', 'text');
      if (!isObject(attributes)) throw unusableInput('attributes', 'texts by the names of attributes', attributes);
      for (const [name, value] of Object.entries(attributes)) checkInput(value, `attributes['${name}']`, 'text');
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const answer = await before('SignUp', username, { Password: password, UserAttributes }, 'Signing up', [password]);
      return {
        userSub: String(answer.UserSub),
        userConfirmed: answer.UserConfirmed === true,
        codeDelivery: readDelivery(answer),
      };
    },

    async confirmSignUp(username, code) {
      checkInput(code, 'code', 'the code, as text');
      const input = { ConfirmationCode: code, ForceAliasCreation: false };
      await before('ConfirmSignUp', username, input, 'Confirming the user', [code]);
    },

    async resendConfirmationCode(username) {
      return readDelivery(await before('ResendConfirmationCode', username, {}, 'Sending the code'));
    },

    async forgotPassword(username) {
      return readDelivery(await before('ForgotPassword', username, {}, 'Sending the code'));
    },

    async resetPassword(username, code, newPassword) {
      checkInput(code, 'code', 'the code, as text');
      checkInput(newPassword, 'newPassword', 'text');
      const input = { ConfirmationCode: code, Password: newPassword };
      await before('ConfirmForgotPassword', username, input, 'Setting the password', [code, newPassword]);
    },

    async changePassword(oldPassword, newPassword) {
      checkInput(oldPassword, 'oldPassword', 'text');
      checkInput(newPassword, 'newPassword', 'text');
      const change = apig.callUserPool(
        'ChangePassword',
        { PreviousPassword: oldPassword, ProposedPassword: newPassword },
        { doing: 'Changing the password', secrets: [oldPassword, newPassword] },
      );
      await change.catch((error: unknown) => {
        if (!hasCode(error, 'WrongPassword')) throw error;
        const { cause } = error;
        throw new AuthError('WrongPassword', 'Changing the password failed: oldPassword is not the present one.', {
          cause,
        });
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
