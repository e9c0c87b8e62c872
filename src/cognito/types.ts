/** What has to do with users and credentials: options and functions. */
import type { AwsCredentials, CredentialContext, CredentialProvider } from '../util/index.js';
import type { Identity } from './identity.js';
import type { CognitoIdentityOptions, DeveloperIdentity } from './identityPool/index.js';
import type { SessionInfo, SessionListener } from './sessionEvents.js';
import type { CheckedConfig } from './shared/index.js';
import type { Account, AsyncTokenStorage, LoginCallbacks, PoolUser, TokenStorage } from './userPool/index.js';

/** Options of everything that has to do with users and credentials. */
export interface CognitoOptions {
  /**
   * Where the session is kept. One that answers by promises is loaded by the first call, or by `ready()`; what others write to it
   * meanwhile is not seen. Default: `localStorage` in pages, memory (one for each instance) in Node.
   */
  readonly storage?: TokenStorage | AsyncTokenStorage | undefined;
  /**
   * Credentials of the app's own, in place of the identity pool: one of AWS SDK v3's providers, a function, or an object.
   * A function is told the user's ID token.
   */
  readonly credentials?: CredentialProvider | undefined;
  /**
   * Logins at other identity providers, such as `{ 'accounts.google.com': token }`; tokens, or functions that get them.
   * They count while no user of the user pool is logged in. After a change of user there, call `logout`.
   */
  readonly logins?: CognitoIdentityOptions['logins'];
  /**
   * Developer-authenticated identities: gets what a backend of the app's own has got from GetOpenIdTokenForDeveloperIdentity for
   * whoever is logged in there. In place of the user pool. After a change of user, call `logout`.
   */
  readonly developerIdentity?: (() => DeveloperIdentity | Promise<DeveloperIdentity>) | undefined;
  /**
   * The ARN of the role to ask the identity pool for, one of those in the ID token's `cognito:roles`. Default: the identity pool
   * chooses.
   */
  readonly role?: string | undefined;
  /** Whether calls are made as the identity pool's guest while no user is logged in. Default false. */
  readonly guests?: boolean | undefined;
  /** For calls to the two pools that do not go through AWS's libraries, and for the API. Default: the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one answer of a pool may take, in milliseconds. Default 30000. */
  readonly authTimeout?: number | undefined;
  /** The clock: a Date, or milliseconds since 1970. Default: the device's, corrected by what the tokens say of it. */
  readonly now?: (() => Date | number) | undefined;
  /**
   * How logins begin. `USER_SRP_AUTH`: the password never leaves the device. `USER_PASSWORD_AUTH` sends it to the user pool, which
   * pools with a trigger that takes over users of another system need: whoever reads the connection, or the pool's triggers, reads it.
   * `USER_AUTH`: with a password over SRP where one is given, otherwise with a code by e-mail or SMS, or a passkey (by
   * `sigv4-client/apig`). Default `USER_SRP_AUTH`.
   */
  readonly authFlow?: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | undefined;
}

/** Asks for what is new, however good what is kept seems. What else stands in it counts for nothing, as with AWS's providers. */
export interface ForceRefresh {
  /** Whether it is to be new. Default false. */
  readonly forceRefresh?: boolean | undefined;
}

/** Users, tokens and credentials. */
export interface Cognito<User extends PoolUser> extends Account {
  /**
   * Logs a user in, over SRP where `authFlow` says nothing else: the password never leaves the device.
   * @param username The name, or an alias such as the e-mail address.
   * @param password The password; with `authFlow: 'USER_AUTH'` it may be left out, for a code or a passkey.
   * @param callbacks Answers to what else the pool may ask for: codes, a new password.
   * @returns The user.
   * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …;
   *   `StorageFailed`, with whoever was logged in before still logged in
   * @throws LoginChallengeError where a callback is missing.
   * @example
   * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
   */
  readonly login: (username: string, password?: string, callbacks?: LoginCallbacks) => Promise<User>;
  /**
   * Logs the user out and forgets tokens, credentials and identity id. All of that is done when this returns its promise.
   * @param options `global: true` then also makes the user's tokens invalid on all devices.
   * @throws AuthError where `global` fails, and `StorageFailed` where the storage does; here, the user is logged out even so.
   */
  readonly logout: (options?: { global?: boolean | undefined }) => Promise<void>;
  /**
   * Loads a storage that answers by promises, for `getCurrentUser`, `getSession` and `onSessionChange`, which do not wait.
   * @returns A promise of nothing; it is there at once where the storage is another one.
   * @throws AuthError `StorageFailed`
   * @example
   * const apig = createApig(config, { storage: AsyncStorage });
   * await apig.ready();
   * const session = apig.getSession();
   */
  readonly ready: () => Promise<void>;
  /**
   * The user who is logged in, or `null`.
   * @throws AuthError `StorageFailed`; `NotReady` before the storage is loaded
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
   * Tells of every login, renewal, logout and end of the session. Other tabs' are told of at once where the page's `localStorage`
   * keeps the session, and otherwise once they are noticed by whatever needs the session next.
   * @param listener Is told, after the code at hand.
   * @returns What stops that.
   * @throws AuthError `StorageFailed`
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
   */
  readonly getUserToken: (user?: PoolUser | ForceRefresh | null) => Promise<string>;
  /**
   * Temporary credentials, kept until shortly before they expire.
   * @param userToken What `getUserToken` gave. Default: the current user's. With a token from elsewhere, such as the hosted
   *   login page, the credentials are that user's, and are not kept; with the option `credentials`, which could give them
   *   another's, such a token is refused. Or `{ forceRefresh: true }`, for new credentials after a change of role: so asked, it is a
   *   provider in AWS SDK v3's shape, for `createSignedFetch` and AWS SDK v3's clients.
   * @returns Keys, session token, when they expire, and the identity id.
   * @throws AuthError `NotLoggedIn`, `IdentityPoolRefused`, `SessionExpired`, `SessionChanged`, `StorageFailed`,
   *   `Unreachable`
   */
  readonly getAwsCredentials: (userToken?: string | ForceRefresh) => Promise<AwsCredentials>;
  /** `getAwsCredentials` as a provider, for `createSignedFetch` and AWS SDK v3's clients. */
  readonly credentials: (context?: CredentialContext) => Promise<AwsCredentials>;
}

/** What the chain needs beyond that. */
export interface CognitoCore<User extends PoolUser> extends Cognito<User> {
  /** The checked configuration. */
  readonly config: CheckedConfig;
  /** Loads the storage; `undefined` where there is nothing to be loaded, so that nobody has to wait. */
  readonly load: () => Promise<void> | undefined;
  /**
   * Who signs now.
   * @throws AuthError `NotLoggedIn`
   */
  readonly identity: () => Identity;
  /** Who signs now, where this login would open the same session. */
  readonly identityOfLogin: (username: string, password: string) => Identity | undefined;
  /**
   * Logs a user in. Calls that come with the same login at the same time share it.
   * @returns The identity of the session that this very login has opened.
   * @throws AuthError as `login` does; `SessionChanged` where that session has ended by now
   */
  readonly logIn: (username: string, password: string) => Promise<Identity>;
}
