/** The options and functions for users and their credentials. */
import type { AwsCredentials, CredentialProvider, ForceRefresh } from '../util/index.js';
import type { Identity } from './identity.js';
import type { CognitoIdentityOptions, DeveloperIdentity } from './identityPool/index.js';
import type { SessionInfo } from './sessionChange.js';
import type { SessionListener } from './sessionEvents.js';
import type { CheckedConfig } from './shared/index.js';
import type { AsyncTokenStorage, CallUserPool, LoginCallbacks, PoolUser, TokenStorage } from './userPool/index.js';

/** Options of `createApig` for users and their credentials. */
export interface CognitoOptions {
  /**
   * Where the session is kept. A storage that answers by promises is loaded by the first call, or by `ready()`; what others write to
   * it later is not seen. What a storage does not take (it is full, or blocked) is kept in memory: the login stands until the page or
   * process ends. Default: `localStorage` in pages, memory (one for each instance) in Node.
   */
  readonly storage?: TokenStorage | AsyncTokenStorage | undefined;
  /**
   * Credentials of the app's own, in place of the identity pool: one of AWS SDK v3's providers, a function, or an object.
   * A function gets the user's ID token. Default: the identity pool's credentials.
   */
  readonly credentials?: CredentialProvider | undefined;
  /**
   * Logins at other identity providers, such as `{ 'accounts.google.com': token }`: tokens, or functions that get them. They are used
   * while no user of the user pool is logged in. Call `logout` when another user has logged in there. Default: none.
   */
  readonly logins?: CognitoIdentityOptions['logins'];
  /**
   * Developer-authenticated identities, in place of the user pool: asks a backend of the app's own, which calls
   * GetOpenIdTokenForDeveloperIdentity, for the identity of its user. Call `logout` when another user has logged in there.
   * Default: none.
   * @returns Identity id and token, or a promise of them.
   */
  readonly developerIdentity?: (() => DeveloperIdentity | Promise<DeveloperIdentity>) | undefined;
  /**
   * The ARN of the role to ask the identity pool for, one of those in the ID token's `cognito:roles`. Default: the identity pool
   * decides.
   */
  readonly role?: string | undefined;
  /** Whether calls are made as the identity pool's guest while no user is logged in; not with `logins` or `developerIdentity`. Default false. */
  readonly guests?: boolean | undefined;
  /** Sends the requests to the API, and those to the two pools that AWS's libraries do not send. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one answer of a pool may take, in milliseconds. Default 30000. */
  readonly authTimeout?: number | undefined;
  /** The clock: gives a Date, or milliseconds since 1970. Default: the device's, corrected by the times in the user's tokens. */
  readonly now?: (() => Date | number) | undefined;
  /**
   * How logins begin. `USER_SRP_AUTH`: the password never leaves the device. `USER_PASSWORD_AUTH`: the password is sent to the user
   * pool and its triggers, as pools with a trigger for the migration of users need it. `USER_AUTH`: with a password over SRP where
   * one is given, otherwise with a code by e-mail or SMS, or a passkey (only in `sigv4-client/apig`). Default `USER_SRP_AUTH`.
   */
  readonly authFlow?: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | undefined;
}

/** Users, tokens and credentials. */
export interface Cognito<User extends PoolUser> {
  /**
   * Logs a user in, over SRP where `authFlow` says nothing else: the password never leaves the device.
   * @param username The name, or an alias such as the e-mail address.
   * @param password The password; with `authFlow: 'USER_AUTH'` it may be left out, for a code or a passkey.
   * @param callbacks Answers to what else the pool may ask for: codes, a new password. Default: none.
   * @returns The user.
   * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …;
   *   `StorageFailed` where the storage cannot be read, with whoever was logged in before still logged in
   * @throws LoginChallengeError where a callback is missing; it names the callback.
   * @example
   * await apig.login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
   */
  readonly login: (username: string, password?: string, callbacks?: LoginCallbacks) => Promise<User>;
  /**
   * Logs the user out and forgets tokens, credentials and identity id, before this returns its promise.
   * @param options `global: true` then also makes the user's tokens invalid on all devices. Default: only here.
   * @returns A promise of nothing.
   * @throws AuthError `StorageFailed` where the storage throws; with `global`, `Unreachable`, `TooManyAttempts` … where the user pool
   *   did not do it; `InvalidConfig` for an unknown option. Here, the user is logged out even so.
   * @example
   * await apig.logout({ global: true });
   */
  readonly logout: (options?: { global?: boolean | undefined }) => Promise<void>;
  /**
   * Loads a storage that answers by promises: `getCurrentUser`, `getSession` and `onSessionChange` do not wait for it.
   * @returns A promise of nothing, which resolves at once for other storages.
   * @throws AuthError `StorageFailed`
   * @example
   * const apig = createApig(config, { storage: AsyncStorage });
   * await apig.ready();
   * const session = apig.getSession();
   */
  readonly ready: () => Promise<void>;
  /**
   * The user who is logged in, without any request.
   * @returns The user, or `null`.
   * @throws AuthError `StorageFailed`; `NotReady` before the storage is loaded
   * @example
   * const username = apig.getCurrentUser()?.getUsername();
   */
  readonly getCurrentUser: () => User | null;
  /**
   * Who is logged in, and what the ID token says of them, without any request.
   * @returns The session, or `null`.
   * @throws AuthError `StorageFailed`; `NotReady` before the storage is loaded
   * @example
   * const name = apig.getSession()?.claims.email;
   */
  readonly getSession: () => SessionInfo | null;
  /**
   * Tells a listener of every login, renewal, logout and end of the session. Changes in other tabs are reported at once where the
   * page's `localStorage` keeps the session, otherwise when the session is next used.
   * @param listener Called after the code that is running has finished.
   * @returns A function that removes the listener.
   * @throws AuthError `StorageFailed`; `InvalidConfig` if it is not a function
   * @example
   * const stop = apig.onSessionChange(({ type, session }) => show(type === 'end' ? 'Please log in again' : session?.username));
   */
  readonly onSessionChange: (listener: SessionListener) => () => void;
  /**
   * The user's ID token, renewed where it is about to expire.
   * @param user What `getCurrentUser` gave. Default: the user who is logged in. Or `{ forceRefresh: true }`, for a new token after
   *   a change of the user's groups or attributes.
   * @returns The token, a JWT.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `SessionChanged`, `StorageFailed`, `Unreachable`
   * @example
   * const idToken = await apig.getUserToken();
   */
  readonly getUserToken: (user?: PoolUser | ForceRefresh | null) => Promise<string>;
  /**
   * Temporary credentials, kept until shortly before they expire.
   * @param userToken What `getUserToken` gave. Default: the current user's token. For a token from elsewhere, such as the hosted
   *   login page, the credentials are those of its user, and are not kept; with the option `credentials` such a token is refused,
   *   since its user's credentials cannot be told. Or `{ forceRefresh: true }`, for new credentials after a change of role.
   * @returns Keys, session token, when they expire, and the identity id.
   * @throws AuthError `NotLoggedIn`, `IdentityPoolRefused`, `SessionExpired`, `SessionChanged`, `StorageFailed`, `Unreachable`;
   *   `InvalidInput` if the text is not an ID token; `MissingDependency` where aws-sdk is needed and not installed
   * @see https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
   * @example
   * const { accessKeyId, secretAccessKey, sessionToken } = await apig.getAwsCredentials();
   */
  readonly getAwsCredentials: (userToken?: string | ForceRefresh) => Promise<AwsCredentials>;
  /**
   * Calls an operation of the user pool, such as `GetUser`, `UpdateUserAttributes` or `SetUserMFAPreference`, in the name of the user
   * who is logged in; with `asUser: false` one of those before a login. `createAccount` has the common ones as functions.
   * @param operation The operation's name in the API reference.
   * @param input The operation's parameters, without `AccessToken` or `ClientId`, which is added. Default: none.
   * @param options See `UserPoolCallOptions`. Default: none.
   * @returns The answer's JSON, unchanged.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `NotAuthorized`; `InvalidInput` if the operation is not a name, the input is not an object, or
   *   an option is of the wrong kind; `InvalidConfig` for an unknown option; `SessionChanged` where the user logged out, or another one
   *   logged in, before it was sent
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
   * @example
   * const { UserAttributes } = await apig.callUserPool('GetUser');
   */
  readonly callUserPool: CallUserPool;
  /**
   * `getAwsCredentials` in the shape of AWS SDK v3's providers, for `createSignedFetch` and AWS SDK v3's clients.
   * @param context `{ forceRefresh: true }` gets new credentials. Default: those that are kept, while they are good.
   * @returns Keys, session token, when they expire, and the identity id.
   * @throws AuthError as `getAwsCredentials` does
   * @example
   * const s3 = new S3Client({ region: 'eu-west-1', credentials: apig.credentials });
   */
  readonly credentials: (context?: ForceRefresh) => Promise<AwsCredentials>;
}

/** What the room `apig` needs beyond what apps see. */
export interface CognitoCore<User extends PoolUser> extends Cognito<User> {
  /** The checked configuration. */
  readonly config: CheckedConfig;
  /** Loads the storage; `undefined` where there is nothing to load, so that the caller need not wait. */
  readonly load: () => Promise<void> | undefined;
  /**
   * The identity in whose name calls are signed now.
   * @throws AuthError `NotLoggedIn`
   */
  readonly identity: () => Identity;
  /** The same, if the given login is that of the present session; `undefined` if not. */
  readonly identityOfLogin: (username: string, password: string) => Identity | undefined;
  /**
   * Logs a user in. Calls at the same time with the same name and password share one login.
   * @returns The identity of the session that this login has opened.
   * @throws AuthError as `login` does; `SessionChanged` where that session has ended already
   */
  readonly logInForCall: (username: string, password: string) => Promise<Identity>;
}
