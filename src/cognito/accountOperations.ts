/**
 * What an account's functions do: the library's operations as promises. Loaded with the first of them; imports nothing, so
 * that bundlers need not cut what loads at first into pieces that both can share.
 */
import type { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import type { Account, CodeDelivery } from './account.js';
import type { UserPool } from './userPool.js';
import type { UserSession } from './userSession.js';

/**
 * The account operations of a user pool.
 * @param pool The user pool.
 * @param session Gives the session of the user who is logged in, or throws where there is none.
 */
export function accountOperations({ pool, user, ask }: UserPool, session: () => UserSession): Account {
  return {
    async signUp(username, password, attributes = {}) {
      // The library sends them as they are, although its types ask for more.
      const list: unknown = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const answer = promise<SignUpAnswer>((done) => {
        pool.signUp(username, password, list as CognitoUserAttribute[], [], done);
      });
      const { userSub, userConfirmed, codeDeliveryDetails } = await ask('Signing up', answer, [password]);
      return { userSub, userConfirmed, codeDelivery: readDelivery(codeDeliveryDetails) };
    },

    async confirmSignUp(username, code) {
      const answer = promise((done) => {
        user(username).confirmRegistration(code, false, done);
      });
      await ask('Confirming the user', answer, [code]);
    },

    async resendConfirmationCode(username) {
      const answer = promise<CodeAnswer>((done) => {
        user(username).resendConfirmationCode(done);
      });
      return readDelivery((await ask('Sending the code', answer)).CodeDeliveryDetails);
    },

    async forgotPassword(username) {
      const answer = new Promise<CodeAnswer>((resolve, reject) => {
        user(username).forgotPassword({ onSuccess: resolve, onFailure: reject, inputVerificationCode: resolve });
      });
      return readDelivery((await ask('Sending the code', answer)).CodeDeliveryDetails);
    },

    async resetPassword(username, code, newPassword) {
      const answer = new Promise<string>((resolve, reject) => {
        user(username).confirmPassword(code, newPassword, { onSuccess: resolve, onFailure: reject });
      });
      await ask('Setting the password', answer, [code, newPassword]);
    },

    async changePassword(oldPassword, newPassword) {
      const authorized = await session().authorizedUser();
      const answer = promise((done) => {
        authorized.changePassword(oldPassword, newPassword, done);
      });
      await ask('Changing the password', answer, [oldPassword, newPassword]);
    },
  };
}

interface SignUpAnswer {
  readonly userSub: string;
  readonly userConfirmed: boolean;
  readonly codeDeliveryDetails?: unknown;
}

interface CodeAnswer {
  readonly CodeDeliveryDetails?: unknown;
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
