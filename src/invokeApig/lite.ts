/**
 * The chain without aws-sdk, for small bundles: the same functions, with two POSTs in its place. Being an entry of its own,
 * it keeps aws-sdk out of the bundle.
 */
import type { CognitoOptions } from '../cognito.js';
import { connectIdentityPool } from '../cognito.js';
import { createApigWith } from './core.js';
import type { Apig } from './core.js';
import { createDefaultApig } from './defaults.js';
import type { ConfigAndOptions } from './defaults.js';

export * from './exports.js';

/** Options of `createApig`, all optional. */
export type ApigOptions = CognitoOptions;

/**
 * Users, credentials and calls for a configuration, as `createApig` of `sigv4-client/invoke-apig`, without aws-sdk.
 * @param config The configuration object of the app.
 * @param options Storage, credentials of your own, guests, other identity providers, clock …
 * @throws AuthError `InvalidConfig`, which names the setting, what was expected and what came.
 */
export function createApig(...[config, options = {}]: ConfigAndOptions<ApigOptions>): Apig {
  return createApigWith(config, options, connectIdentityPool);
}

export const {
  configure,
  login,
  logout,
  getCurrentUser,
  getUserToken,
  getAwsCredentials,
  signUp,
  confirmSignUp,
  resendConfirmationCode,
  forgotPassword,
  resetPassword,
  changePassword,
  invokeApig,
} = /* @__PURE__ */ createDefaultApig<ApigOptions>(createApig);

/** `logout`, by the name that tutorial apps give it. */
export const signOutUser = logout;
