/** The default instance: functions to import and call, as tutorial code does, once `configure` has been called. */
import { AuthError } from '../errors.js';
import type { ApigConfig, PartialApigConfig } from '../cognito.js';
import type { Apig, WithoutUserPool } from './core.js';

/** A configuration and its options: without a user pool's ids only where the options stand in for it. */
export type ConfigAndOptions<Options> =
  [config: ApigConfig, options?: Options] | [config: PartialApigConfig, options: Options & WithoutUserPool];

/** The functions of an instance, and the one that makes it. */
export interface DefaultApig<Options> extends Apig {
  /**
   * Sets the instance that the functions of this module work on; the earlier one's session stays in its storage.
   * @param config The configuration object of the app.
   * @param options See `createApig`.
   * @returns The instance.
   * @throws AuthError `InvalidConfig`, which names the setting.
   */
  readonly configure: (...args: ConfigAndOptions<Options>) => Apig;
}

/**
 * Functions that work on whatever instance `configure` has set.
 * @param create Makes an instance.
 */
export function createDefaultApig<Options>(create: (...args: ConfigAndOptions<Options>) => Apig): DefaultApig<Options> {
  let instance: Apig | undefined;
  const get = (name: string): Apig => {
    if (instance) return instance;
    throw new AuthError(
      'NotConfigured',
      `${name} was called before configure. Call configure({ cognito: { … }, apiGateway: { … } }) first, once, where the app starts.`,
    );
  };
  return {
    configure: (...args) => (instance = create(...args)),
    login: async (...args) => get('login').login(...args),
    logout: async (...args) => get('logout').logout(...args),
    getCurrentUser: () => get('getCurrentUser').getCurrentUser(),
    getUserToken: async (...args) => get('getUserToken').getUserToken(...args),
    getAwsCredentials: async (...args) => get('getAwsCredentials').getAwsCredentials(...args),
    signUp: async (...args) => get('signUp').signUp(...args),
    confirmSignUp: async (...args) => get('confirmSignUp').confirmSignUp(...args),
    resendConfirmationCode: async (...args) => get('resendConfirmationCode').resendConfirmationCode(...args),
    forgotPassword: async (...args) => get('forgotPassword').forgotPassword(...args),
    resetPassword: async (...args) => get('resetPassword').resetPassword(...args),
    changePassword: async (...args) => get('changePassword').changePassword(...args),
    invokeApig: async (request) => get('invokeApig').invokeApig(request),
  };
}
