/**
 * The chain as tutorial apps have it: login over amazon-cognito-identity-js, credentials over aws-sdk, signature, fetch, JSON.
 * @module sigv4-client/invoke-apig
 */
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { connectLibrary } from '../cognito/amazonCognitoIdentityJs/index.js';
import { connectAwsSdk, shareWithAwsConfig } from '../cognito/awsSdk/index.js';
import { unknownSetting } from '../cognito/index.js';
import type { ApigConfig, LoginCallbacks, PartialApigConfig } from '../cognito/index.js';
import { checkOptions } from '../util/index.js';
import { BASE_OPTIONS, createApigWith } from './createApig.js';
import type { Apig as ApigOf, BaseOptions, WithoutUserPool } from './createApig.js';
import { getCurrentUser as currentUser, login as defaultLogin, setDefaultApig } from './defaultApig.js';

export * from './exports.js';

/**
 * An instance whose users are those of amazon-cognito-identity-js. Made by `createApig` or `configure`. `Paths`: what openapi-typescript
 * makes of the API's document, where `invokeApig` is to be typed by it.
 */
export type Apig<Paths = unknown> = ApigOf<CognitoUser, Paths>;

/** Options of `createApig`. */
export interface ApigOptions extends BaseOptions {
  /**
   * Whether the credentials are also set in the global `AWS.config`, and renewed there, for apps that call other AWS services with
   * aws-sdk; the region, too, where there is none. Default false.
   */
  readonly shareWithAwsConfig?: boolean | undefined;
}

const OPTIONS: readonly string[] = [...BASE_OPTIONS, 'shareWithAwsConfig' satisfies keyof ApigOptions];

/**
 * Makes an instance for a configuration: users, their credentials, and calls to the API.
 * @param config The configuration object, as tutorial apps have it, with optional endpoints.
 * @param options Storage, clock, timeout … Default: none.
 * @returns `login`, `logout`, `getCurrentUser`, `getUserToken`, `getAwsCredentials`, `invokeApig`, and the operations on accounts.
 * @throws AuthError `InvalidConfig` for a setting or an option of `CognitoOptions`, and for an unknown option: it names that, what was
 *   expected and what came; SigV4Error `InvalidOption` or `InvalidHeader` for `retry`, `timeout` and `headers`, `InvalidCredentials`
 *   for `credentials` without keys
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
 * Makes an instance for an app without a user pool.
 * @param config The configuration object, in which the user pool may be missing, and with `credentials` the identity pool as well.
 * @param options One of `credentials`, `logins`, `developerIdentity` and `guests`, which replaces the user pool, and further options.
 * @returns The same functions; `login` and others that need a user pool reject where there is none.
 * @throws AuthError and SigV4Error as for an app with a user pool
 * @example
 * const apiGateway = { URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' };
 * const { invokeApig } = createApig({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function createApig(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig;
/**
 * Makes an instance for an API whose document the compiler knows: path, method, query, body and result of `invokeApig` are its own.
 * The type argument is the `paths` that openapi-typescript makes of the document.
 * @param config The configuration object, as above.
 * @param options As above.
 * @returns The same functions.
 * @throws AuthError and SigV4Error as above
 * @example
 * import type { paths } from './api.js'; // npx openapi-typescript api.json -o api.ts
 *
 * const { invokeApig } = createApig<paths>(config);
 * const note = await invokeApig({ path: `/notes/${id}`, method: 'PUT', body: { content: 'Milk' } });
 */
export function createApig<Paths>(config: ApigConfig, options?: ApigOptions): Apig<Paths>;
/**
 * The same for an app without a user pool.
 * @param config The configuration object, in which the user pool may be missing, and with `credentials` the identity pool as well.
 * @param options One of `credentials`, `logins`, `developerIdentity` and `guests`, and further options.
 * @returns The same functions.
 * @throws AuthError and SigV4Error as above
 * @example
 * const { invokeApig } = createApig<paths>({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function createApig<Paths>(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig<Paths>;
export function createApig(config: PartialApigConfig, options: ApigOptions = {}): Apig {
  checkOptions(options, OPTIONS, unknownSetting);
  const storage = options.storage ?? (typeof window === 'undefined' ? {} : window);
  const sharing = options.shareWithAwsConfig ? shareWithAwsConfig(storage) : undefined;
  return createApigWith(config, options, {
    connectUserPool: connectLibrary,
    connectIdentityPool: connectAwsSdk,
    sharing,
  });
}

/**
 * Makes the default instance, on which `login`, `invokeApig` and the other functions of this module work. The session of the instance
 * before stays in its storage.
 * @param config The configuration object, as tutorial apps have it, with optional endpoints.
 * @param options Storage, clock, timeout … Default: none.
 * @returns The instance.
 * @throws AuthError and SigV4Error as `createApig` does
 * @example
 * configure(config); // once, where the app starts
 * await login('user@example.com', password);
 */
export function configure(config: ApigConfig, options?: ApigOptions): Apig;
/**
 * Makes the default instance for an app without a user pool.
 * @param config The configuration object, in which the user pool may be missing, and with `credentials` the identity pool as well.
 * @param options One of `credentials`, `logins`, `developerIdentity` and `guests`, which replaces the user pool, and further options.
 * @returns The instance.
 * @throws AuthError and SigV4Error as `createApig` does
 * @example
 * configure({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function configure(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig;
/**
 * Makes the default instance, and gives it typed by an API's document, whose `paths` openapi-typescript makes.
 * @param config The configuration object, as above.
 * @param options As above.
 * @returns The instance, by whose functions calls are checked; the module's own `invokeApig` stays as it is.
 * @throws AuthError and SigV4Error as `createApig` does
 * @example
 * export const { invokeApig } = configure<paths>(config);
 */
export function configure<Paths>(config: ApigConfig, options?: ApigOptions): Apig<Paths>;
/**
 * The same for an app without a user pool.
 * @param config The configuration object, in which the user pool may be missing, and with `credentials` the identity pool as well.
 * @param options One of `credentials`, `logins`, `developerIdentity` and `guests`, and further options.
 * @returns The instance, by whose functions calls are checked.
 * @throws AuthError and SigV4Error as above
 * @example
 * const { invokeApig } = configure<paths>({ apiGateway }, { credentials: fromNodeProviderChain() });
 */
export function configure<Paths>(config: PartialApigConfig, options: ApigOptions & WithoutUserPool): Apig<Paths>;
export function configure(config: PartialApigConfig, options?: ApigOptions): Apig {
  return setDefaultApig(createApig(config as ApigConfig, options));
}

/**
 * Logs a user in, over SRP where the option `authFlow` says nothing else: the password never leaves the device.
 * @param username The name, or an alias such as the e-mail address.
 * @param password The password. It may not be left out: this entry knows no flow without one.
 * @param callbacks Answers to what else the user pool may ask for: codes, a new password. Default: none.
 * @returns The user, a `CognitoUser` of amazon-cognito-identity-js.
 * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …;
 *   `StorageFailed` where the storage cannot be read, with whoever was logged in before still logged in; `NotConfigured` before `configure`
 * @throws LoginChallengeError where a callback is missing; it names the callback.
 * @example
 * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
 */
export async function login(username: string, password?: string, callbacks?: LoginCallbacks): Promise<CognitoUser> {
  const user: unknown = await defaultLogin(username, password, callbacks);
  return user as CognitoUser;
}

/**
 * The user who is logged in, without any request.
 * @returns The user, a `CognitoUser` of amazon-cognito-identity-js, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotReady` before it is loaded; `NotConfigured` before `configure`
 * @example
 * const isLoggedIn = getCurrentUser() !== null;
 */
export function getCurrentUser(): CognitoUser | null {
  const user: unknown = currentUser();
  return user as CognitoUser | null;
}
