/**
 * The chain without aws-sdk, for small bundles: the same functions, with two POSTs in its place. Being an entry of its own,
 * it keeps aws-sdk out of the bundle.
 */
import type { CognitoOptions } from '../cognito/index.js';
import { connectIdentityPool } from '../cognito/index.js';
import { createApigWith } from './createApig.js';
import type { Apig } from './createApig.js';
import { createDefaultApig } from './defaultApig.js';
import type { ConfigAndOptions } from './defaultApig.js';

export * from './exports.js';

/** Options of `createApig`, all optional. */
export type ApigOptions = CognitoOptions;

/**
 * Users, credentials and calls for a configuration, as `createApig` of `sigv4-client/invoke-apig`, without aws-sdk.
 * @param args The configuration object of the app; then, where needed, options: storage, credentials of your own, guests,
 *   other identity providers, clock …
 * @returns `login`, `logout`, `getCurrentUser`, `getUserToken`, `getAwsCredentials`, `invokeApig`, and the operations on accounts.
 * @throws AuthError `InvalidConfig`, which names the setting, what was expected and what came.
 */
export function createApig(...[config, options = {}]: ConfigAndOptions<ApigOptions>): Apig {
  return createApigWith(config, options, connectIdentityPool);
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
