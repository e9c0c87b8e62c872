/**
 * What an account's functions do: each asks the user pool once, with a call of our own, since the library takes any answer
 * with status 200 for success, a proxy's web page as well. Loaded with the first of them; imports nothing, so that bundlers
 * need not cut what loads at first into pieces that both can share.
 */
import type { AuthError } from '../errors.js';
import type { Account, CodeDelivery } from './account.js';
import type { UserPool } from './userPool.js';
import type { UserSession } from './userSession.js';

/**
 * The account operations of a user pool.
 * @param pool The user pool.
 * @param session Gives the session of the user who is logged in, or throws where there is none.
 */
export function accountOperations({ pool, call, ask }: UserPool, session: () => UserSession): Account {
  function about(username: string): object {
    // Undefined, but for pages with AWS's script for advanced security; left out of the library's types.
    const { getUserContextData: read } = pool as { getUserContextData?: (username: string) => unknown };
    return { ClientId: pool.getClientId(), Username: username, UserContextData: read?.call(pool, username) };
  }

  function request(operation: string, input: object, doing: string, secrets?: readonly string[]) {
    return ask(doing, call(operation, input), secrets);
  }

  return {
    async signUp(username, password, attributes = {}) {
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
      const input = { ...about(username), ConfirmationCode: code, Password: newPassword };
      await request('ConfirmForgotPassword', input, 'Setting the password', [code, newPassword]);
    },

    async changePassword(oldPassword, newPassword) {
      const change = async (renew: boolean) => {
        const { accessToken } = await session().validTokens({ renew });
        const input = { AccessToken: accessToken, PreviousPassword: oldPassword, ProposedPassword: newPassword };
        await request('ChangePassword', input, 'Changing the password', [oldPassword, newPassword, accessToken]);
      };
      try {
        await change(false);
      } catch (error) {
        // The pool's clock decides, and a revoked token does not look old: a new one is worth one more attempt.
        if ((error as AuthError).code !== 'SessionExpired') throw error;
        await change(true);
      }
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
