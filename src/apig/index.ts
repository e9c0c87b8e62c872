/** The chain with no other package: login, current user, credentials over two POSTs, signature, fetch, JSON. */
import { checkKnown, connectIdentityPool, connectUserPool } from '../cognito/index.js';
import type { ApigConfig, PartialApigConfig } from '../cognito/index.js';
import { BASE_OPTIONS, createApigWith } from './createApig.js';
import type { Apig, BaseOptions, WithoutUserPool } from './createApig.js';
import { setDefaultApig } from './defaultApig.js';

export * from './exports.js';

/** Options of `createApig`, all optional. */
export type ApigOptions = BaseOptions;

/**
 * Users, credentials and calls for a configuration, with no SDK.
 * @param config The configuration object of tutorial apps, with optional endpoints.
 * @param options Storage, clock, timeout … Default: none.
 * @returns `login`, `logout`, `getCurrentUser`, `getUserToken`, `getAwsCredentials`, `invokeApig`, and the operations on accounts.
 * @throws AuthError `InvalidConfig`, which names the setting or option, what was expected and what came.
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
export function createApig(config: ApigConfig, options?: ApigOptions): Apig;
/**
 * The same for apps without a user pool.
 * @param config The configuration object; the user pool may be left out of it, and with `credentials` the identity pool as well.
 * @param options With one of `credentials`, `logins` and `guests`, which stand in for the user pool.
 * @returns The same functions; `login` and what else needs a user pool rejects where there is none.
 * @throws AuthError `InvalidConfig`, which names the setting or option, what was expected and what came.
 * @example
 * const apiGateway = { URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' };
 * const { invokeApig } = createApig({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function createApig(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig;
export function createApig(config: PartialApigConfig, options: ApigOptions = {}): Apig {
  checkKnown(options, BASE_OPTIONS);
  return createApigWith(config, options, { connectUserPool, connectIdentityPool });
}

/**
 * Makes the instance that `login`, `invokeApig` and the other functions of this module work on. The session of the one before
 * stays in its storage.
 * @param config See `createApig`.
 * @param options See `createApig`. Default: none.
 * @returns The instance.
 * @throws AuthError `InvalidConfig`, which names the setting or option, what was expected and what came.
 * @example
 * configure(config); // once, where the app starts
 * await login('user@example.com', password);
 */
export function configure(config: ApigConfig, options?: ApigOptions): Apig;
/**
 * The same for apps without a user pool.
 * @param config See `createApig`.
 * @param options With one of `credentials`, `logins` and `guests`, which stand in for the user pool.
 * @returns The instance.
 * @throws AuthError `InvalidConfig`, which names the setting or option, what was expected and what came.
 * @example
 * configure({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function configure(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig;
export function configure(config: PartialApigConfig, options?: ApigOptions): Apig {
  return setDefaultApig(createApig(config as ApigConfig, options));
}
