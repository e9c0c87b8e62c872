/** The chain as tutorial apps have it: log in, get credentials through aws-sdk, sign, fetch, parse. */
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { connectLibrary } from '../cognito/amazonCognitoIdentityJs/index.js';
import { connectAwsSdk, shareWithAwsConfig } from '../cognito/awsSdk/index.js';
import { checkKnown } from '../cognito/index.js';
import type { ApigConfig, LoginCallbacks, PartialApigConfig } from '../cognito/index.js';
import { BASE_OPTIONS, createApigWith } from './createApig.js';
import type { Apig as ApigOf, BaseOptions, WithoutUserPool } from './createApig.js';
import { getCurrentUser as currentUser, login as logIn, setDefaultApig } from './defaultApig.js';

export * from './exports.js';

/** Users, credentials and calls to the API; users are those of amazon-cognito-identity-js. */
export type Apig = ApigOf<CognitoUser>;

/** Options of `createApig`, all optional. */
export interface ApigOptions extends BaseOptions {
  /**
   * Also sets `AWS.config.credentials`, kept fresh, and the region where there is none, for apps that use other AWS
   * services with them. Default false: the global `AWS.config` is not touched.
   */
  readonly shareWithAwsConfig?: boolean | undefined;
}

const OPTIONS: readonly string[] = [...BASE_OPTIONS, 'shareWithAwsConfig' satisfies keyof ApigOptions];

/**
 * Users, credentials and calls for a configuration.
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
  checkKnown(options, OPTIONS);
  const storage = options.storage ?? (typeof window === 'undefined' ? {} : window);
  const sharing = options.shareWithAwsConfig ? shareWithAwsConfig(storage) : undefined;
  return createApigWith(config, options, {
    connectUserPool: connectLibrary,
    connectIdentityPool: connectAwsSdk,
    sharing,
  });
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

/**
 * Logs a user in, over SRP where the option `authFlow` says nothing else: the password never leaves the device.
 * @param username The name, or an alias such as the e-mail address.
 * @param password The password.
 * @param callbacks Answers to what else the user pool may ask for: codes, a new password. Default: none.
 * @returns The user, of amazon-cognito-identity-js.
 * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …;
 *   `StorageFailed`, with whoever was logged in before still logged in; `NotConfigured` before `configure`
 * @throws LoginChallengeError where a callback is missing; it names the callback.
 * @example
 * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
 */
export async function login(username: string, password?: string, callbacks?: LoginCallbacks): Promise<CognitoUser> {
  const user: unknown = await logIn(username, password, callbacks);
  return user as CognitoUser;
}

/**
 * The user who is logged in.
 * @returns The user, of amazon-cognito-identity-js, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotConfigured` before `configure`
 * @example
 * const isLoggedIn = getCurrentUser() !== null;
 */
export function getCurrentUser(): CognitoUser | null {
  const user: unknown = currentUser();
  return user as CognitoUser | null;
}
