/** The chain as tutorial apps have it: log in, get credentials through aws-sdk, sign, fetch, parse. */
import type { CognitoOptions } from '../cognito/index.js';
import { connectAwsSdk, shareWithAwsConfig } from '../cognito/awsSdk.js';
import { createApigWith } from './createApig.js';
import type { Apig } from './createApig.js';
import { createDefaultApig } from './defaultApig.js';
import type { ConfigAndOptions } from './defaultApig.js';

export * from './exports.js';

/** Options of `createApig`, all optional. */
export interface ApigOptions extends CognitoOptions {
  /**
   * Also sets `AWS.config.credentials`, kept fresh, and the region where there is none, for apps that use other AWS
   * services with them. Default false: the global `AWS.config` is not touched.
   */
  readonly shareWithAwsConfig?: boolean;
}

/**
 * Users, credentials and calls for a configuration.
 * @param args The configuration object of tutorial apps, with optional endpoints; then, where needed, options: storage,
 *   credentials of your own, guests, other identity providers, clock … With `credentials`, `logins` or `guests` among them,
 *   the user pool may be left out of the configuration; with `credentials`, the identity pool as well.
 * @returns `login`, `logout`, `getCurrentUser`, `getUserToken`, `getAwsCredentials`, `invokeApig`, and the operations on accounts.
 * @throws AuthError `InvalidConfig`, which names the setting, what was expected and what came.
 * @example
 * const apig = createApig({
 *   cognito: {
 *     REGION: 'eu-west-1',
 *     USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
 *     APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
 *     IDENTITY_POOL_ID: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
 *   },
 *   apiGateway: { REGION: 'eu-west-1', URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' },
 * });
 * await apig.login('user@example.com', password);
 * const notes = await apig.invokeApig({ path: '/notes' });
 */
export function createApig(...[config, options = {}]: ConfigAndOptions<ApigOptions>): Apig {
  const storage = options.storage ?? (typeof window === 'undefined' ? {} : window);
  const sharing = options.shareWithAwsConfig ? shareWithAwsConfig(storage) : undefined;
  return createApigWith(config, options, connectAwsSdk, sharing);
}

export const {
  /** Sets the instance that the functions below work on: takes what `createApig` takes, and returns what it returns. */
  configure,
  /** Logs a user in over SRP, as {@link Apig.login} has it. */
  login,
  /** Logs the user out and forgets tokens and credentials, as {@link Apig.logout} has it. */
  logout,
  /** The user who is logged in, or `null`. */
  getCurrentUser,
  /** The user's ID token, renewed where it is about to expire, as {@link Apig.getUserToken} has it. */
  getUserToken,
  /** Temporary credentials of the user, as {@link Apig.getAwsCredentials} has it. */
  getAwsCredentials,
  /** Creates a user, as {@link Apig.signUp} has it. */
  signUp,
  /** Confirms a new user with the code that was sent, as {@link Apig.confirmSignUp} has it. */
  confirmSignUp,
  /** Sends the code for `confirmSignUp` again. */
  resendConfirmationCode,
  /** Sends a code with which to set a new password. */
  forgotPassword,
  /** Sets a new password with the code of `forgotPassword`, as {@link Apig.resetPassword} has it. */
  resetPassword,
  /** Changes the password of the user who is logged in, as {@link Apig.changePassword} has it. */
  changePassword,
  /** Calls the API in the name of the user who is logged in, as {@link Apig.invokeApig} has it. */
  invokeApig,
} = /* @__PURE__ */ createDefaultApig<ApigOptions>(createApig);

/** `logout`, by the name that tutorial apps give it. */
export const signOutUser = logout;
