/** Cognito: who is logged in at the user pool, and the credentials that the identity pool gives them. */
import { globalObject } from './globalObject.js';
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { AuthError } from '../errors.js';
import { createAccount } from './account.js';
import type { Account } from './account.js';
import type { LoginCallbacks } from './challenges.js';
import { answerTimeout, checkConfig, unexpected } from './config.js';
import type { CheckedConfig } from './config.js';
import type {
  ConnectIdentityPool,
  CredentialContext,
  CredentialSource,
  IdentityPool,
  TemporaryCredentials,
} from './credentials.js';
import { createIdentity } from './identity.js';
import type { CredentialSharing, Identity } from './identity.js';
import { readLogins } from './identityPool.js';
import type { CognitoIdentityOptions } from './identityPool.js';
import { defaultStorage } from './storage.js';
import type { TokenStorage } from './storage.js';
import { userPool } from './userPool.js';
import type { UserPool } from './userPool.js';
import { claimsOf, sessionChanged, subjectOf } from './userSession.js';
import type { UserSession } from './userSession.js';

export type { Account, CodeDelivery, SignUpResult } from './account.js';
export type {
  CodeChallenge,
  CustomChallenge,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  SelectMfaChallenge,
  SetupTotpChallenge,
} from './challenges.js';
export type { ApigConfig, ApiGatewaySettings, CognitoSettings, PartialApigConfig } from './config.js';
export type {
  ConnectIdentityPool,
  CredentialContext,
  CredentialSource,
  Logins,
  TemporaryCredentials,
} from './credentials.js';
export type { CredentialSharing, Identity } from './identity.js';
export { cognitoIdentityCredentials, connectIdentityPool } from './identityPool.js';
export type { CognitoIdentityOptions } from './identityPool.js';
export type { TokenStorage } from './storage.js';

/** Options of everything that has to do with users and credentials. */
export interface CognitoOptions {
  /** Where the session is kept. Default: `localStorage` in pages, memory (one for each instance) in Node. */
  readonly storage?: TokenStorage;
  /**
   * Credentials of the app's own, in place of the identity pool: one of AWS SDK v3's providers, a function, or an object.
   * A function is told the user's ID token.
   */
  readonly credentials?: CredentialSource;
  /**
   * Logins at other identity providers, such as `{ 'accounts.google.com': token }`; tokens, or functions that get them.
   * They count while no user of the user pool is logged in. After a change of user there, call `logout`.
   */
  readonly logins?: CognitoIdentityOptions['logins'];
  /** Whether calls are made as the identity pool's guest while no user is logged in. Default false. */
  readonly guests?: boolean;
  /** For calls to the two pools that do not go through AWS's libraries, and for the API. Default: the global one. */
  readonly fetch?: typeof fetch;
  /** How long one answer of a pool may take, in milliseconds. Default 30000. */
  readonly authTimeout?: number;
  /** The clock. Default: the device's, corrected by what the tokens say of it. */
  readonly now?: () => Date;
}

/** Users, tokens and credentials. */
export interface Cognito extends Account {
  /**
   * Logs a user in over SRP: the password never leaves the device.
   * @param username The name, or an alias such as the e-mail address.
   * @param password The password.
   * @param callbacks Answers to what else the pool may ask for: codes, a new password.
   * @returns The user.
   * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …
   * @throws LoginChallengeError where a callback is missing.
   * @example
   * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
   */
  readonly login: (username: string, password: string, callbacks?: LoginCallbacks) => Promise<CognitoUser>;
  /**
   * Logs the user out and forgets tokens, credentials and identity id. All of that is done when this returns its promise.
   * @param options `global: true` then also makes the user's tokens invalid on all devices.
   * @throws AuthError where `global` fails; here, the user is logged out even so.
   */
  readonly logout: (options?: { global?: boolean }) => Promise<void>;
  /** The user who is logged in, or `null`. */
  readonly getCurrentUser: () => CognitoUser | null;
  /**
   * The user's ID token, renewed where it is about to expire.
   * @param user What `getCurrentUser` gave. Default: the user who is logged in.
   * @returns The token, a JWT.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `SessionChanged`, `Unreachable`
   */
  readonly getUserToken: (user?: CognitoUser | null) => Promise<string>;
  /**
   * Temporary credentials, kept until shortly before they expire.
   * @param userToken What `getUserToken` gave. Default: the current user's. With a token from elsewhere, such as the hosted
   *   login page, the credentials are that user's, and are not kept; with the option `credentials`, which could give them
   *   another's, such a token is refused.
   * @returns Keys, session token, when they expire, and the identity id.
   * @throws AuthError `NotLoggedIn`, `IdentityPoolRefused`, `SessionExpired`, `SessionChanged`, `Unreachable`
   */
  readonly getAwsCredentials: (userToken?: string) => Promise<TemporaryCredentials>;
}

/** What the chain needs beyond that. */
export interface CognitoCore extends Cognito {
  readonly config: CheckedConfig;
  /**
   * Who signs now.
   * @throws AuthError `NotLoggedIn`
   */
  readonly identity: () => Identity;
  /** Whether that is still so; once it is not, nothing may be sent in that name. */
  readonly isCurrent: (identity: Identity) => boolean;
  /** Whether the user who is logged in goes by this name. */
  readonly isLoggedInAs: (username: string) => boolean;
}

/**
 * Users, tokens and credentials for a configuration.
 * @param config The configuration object of the app.
 * @param options Storage, credentials, clock …
 * @param connect How to get credentials from the identity pool: `connectAwsSdk` or `connectIdentityPool`.
 * @param sharing Where to make the credentials known as well.
 * @throws AuthError `InvalidConfig`
 */
export function createCognito(
  config: unknown,
  options: CognitoOptions,
  connect: ConnectIdentityPool,
  sharing?: CredentialSharing,
): CognitoCore {
  const { credentials: source, logins, guests = false, now } = options;
  const needsUserPool = source === undefined && logins === undefined && !guests;
  const checked = checkConfig(config, { userPool: needsUserPool, identityPool: source === undefined });
  const timeout = answerTimeout(options.authTimeout);
  const calls = { fetch: options.fetch ?? globalObject.fetch, timeout };
  const pool =
    checked.userPool && userPool(checked.userPool, { ...calls, storage: options.storage ?? defaultStorage(), now });
  const identityPool: IdentityPool | undefined =
    source === undefined && checked.identityPool ? connect(checked.identityPool, calls) : undefined;
  let identity: Identity | undefined;

  /** Where a stay's credentials come from: the app's own source first, then the identity pool. */
  async function load(context: CredentialContext, loginId: string): Promise<TemporaryCredentials> {
    if (typeof source === 'function') return source(context);
    if (source !== undefined) return source;
    const given = context.idToken === undefined && logins ? await readLogins(logins) : context.logins;
    return identityPool!.getCredentials(given, loginId);
  }

  function currentIdentity(): Identity {
    const session = pool?.current();
    if (identity?.session === session && identity) return identity;
    endIdentity();
    if (needsUserPool) requireUser(session);
    const loginId = session?.username ?? '';
    identity = createIdentity({
      session,
      providerName: checked.userPool?.providerName,
      load: (context) => load(context, loginId),
      forget: () => void forget(loginId),
      now,
      sharing,
    });
    return identity;
  }

  async function currentCredentials(): Promise<TemporaryCredentials> {
    const mine = currentIdentity();
    const credentials = await mine.getCredentials();
    pool?.current(); // another tab may have changed the user meanwhile
    mine.assertCurrent();
    return credentials;
  }

  /** What cannot be forgotten does no harm: identity ids are kept apart by user. */
  async function forget(loginId: string): Promise<void> {
    try {
      await identityPool?.forget(loginId);
    } catch {
      // aws-sdk could not be loaded, so it has not remembered anything.
    }
  }

  function endIdentity(): void {
    identity?.end();
    identity = undefined;
    sharing?.revoke();
  }

  function openPool(): UserPool {
    if (pool) return pool;
    throw unexpected('cognito.USER_POOL_ID', 'the id of the user pool to log in at', undefined);
  }

  return {
    config: checked,
    ...createAccount(openPool, requireUser),

    async login(username, password, callbacks) {
      const session = await openPool().login(username, password, callbacks);
      endIdentity();
      return session.user;
    },

    async logout({ global = false } = {}) {
      const username = pool?.current()?.username;
      const everywhere = pool?.logout(global);
      endIdentity();
      await Promise.all([everywhere, username === undefined ? undefined : forget(username)]);
    },

    getCurrentUser: () => pool?.current()?.user ?? null,

    async getUserToken(user) {
      const session = requireUser(openPool().current());
      if (user && user.getUsername() !== session.username) {
        throw new AuthError('NotLoggedIn', 'This user is no longer logged in. Call getCurrentUser() again.');
      }
      const tokens = await session.validTokens();
      pool?.current(); // another tab may have changed the user meanwhile
      session.assertCurrent();
      return tokens.idToken;
    },

    async getAwsCredentials(userToken) {
      const session = pool?.current();
      if (userToken === undefined) return currentCredentials();
      if (pool?.isOfDeparted(userToken)) throw sessionChanged();
      const subject = subjectOf(userToken);
      if (subject !== undefined && subject === session?.subject) return currentCredentials();
      // A token from elsewhere, such as the hosted login page: the identity pool decides, and nothing is kept.
      if (!checked.userPool || !identityPool) throw notTheirToken();
      const loginId = subject ?? 'unknown';
      try {
        return await identityPool.getCredentials({ [checked.userPool.providerName]: userToken }, loginId);
      } finally {
        await forget(loginId);
      }
    },

    identity: currentIdentity,

    isCurrent: (one) => one === identity && one.session === pool?.current(),

    isLoggedInAs(username) {
      const session = pool?.current();
      if (session === undefined) return false;
      if (session.username === username || session.alias === username) return true;
      const claims = claimsOf(session.tokens()?.idToken ?? '');
      return ['email', 'phone_number'].some((name) => claims[name] === username && isTrue(claims[`${name}_verified`]));
    },
  };
}

/** Claims come as booleans, and as text where a trigger of the pool has set them. Unverified, anyone can claim any address. */
const isTrue = (claim: unknown): boolean => claim === true || claim === 'true';

function requireUser(session: UserSession | undefined): UserSession {
  if (session) return session;
  throw new AuthError('NotLoggedIn', 'No user is logged in. Call login(username, password) first.');
}

function notTheirToken(): AuthError {
  return new AuthError(
    'NotLoggedIn',
    'userToken: expected the token of the user who is logged in, got another. ' +
      'Others need cognito.USER_POOL_ID, and no option credentials.',
  );
}
