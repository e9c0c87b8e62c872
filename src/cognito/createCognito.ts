/** Who is logged in at the user pool, and the credentials that the identity pool gives them. */
import { globalObject } from './globalObject.js'; // before what needs it
import { AuthError } from '../errors.js';
import type { AwsCredentials, CredentialContext } from '../util/index.js';
import { createIdentity } from './identity.js';
import type { Identity } from './identity.js';
import { readLogins } from './identityPool/index.js';
import type { ConnectIdentityPool, CredentialSharing, IdentityPool } from './identityPool/index.js';
import { answerTimeout, checkConfig, checkKnown, unexpected } from './shared/index.js';
import type { CognitoCore, CognitoOptions } from './types.js';
import {
  claimsOf,
  createAccount,
  createUserPool,
  defaultStorage,
  sessionChanged,
  subjectOf,
} from './userPool/index.js';
import type { UserPool, UserSession } from './userPool/index.js';

/** How the pools are reached, which the entry decides. */
export interface CognitoConnections {
  /** How to get credentials from the identity pool: `connectAwsSdk` or `connectIdentityPool`. */
  readonly connect: ConnectIdentityPool;
  /** Where to make the credentials known as well. */
  readonly sharing?: CredentialSharing | undefined;
}

/** The names of the options. */
export const COGNITO_OPTIONS = Object.keys({
  storage: true,
  credentials: true,
  logins: true,
  guests: true,
  fetch: true,
  authTimeout: true,
  now: true,
} satisfies Record<keyof CognitoOptions, true>);

/**
 * Users, tokens and credentials for a configuration.
 * @param config The configuration object of the app.
 * @param options Storage, credentials, clock …: known ones only.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createCognito(
  config: unknown,
  options: CognitoOptions,
  { connect, sharing }: CognitoConnections,
): CognitoCore {
  const { credentials: source, logins, guests = false, now } = options;
  const needsUserPool = source === undefined && logins === undefined && !guests;
  const checked = checkConfig(config, { userPool: needsUserPool, identityPool: source === undefined });
  const timeout = answerTimeout(options.authTimeout, 'authTimeout');
  const calls = { fetch: options.fetch ?? globalObject.fetch, timeout };
  const pool =
    checked.userPool &&
    createUserPool(checked.userPool, { ...calls, storage: options.storage ?? defaultStorage(), now });
  const identityPool: IdentityPool | undefined =
    source === undefined && checked.identityPool ? connect(checked.identityPool, calls) : undefined;
  let identity: Identity | undefined;

  /** Where a session's credentials come from: the app's own source first, then the identity pool. */
  async function load(context: CredentialContext, loginId: string): Promise<AwsCredentials> {
    if (typeof source === 'function') return source(context);
    if (source !== undefined) return source;
    const given = context.idToken === undefined && logins ? await readLogins(logins) : context.logins;
    return identityPool!.getCredentials(given ?? {}, loginId);
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

  async function currentCredentials(): Promise<AwsCredentials> {
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
    ...createAccount(openPool, () => requireUser(openPool().current())),

    async login(username, password, callbacks) {
      const session = await openPool().login(username, password, callbacks);
      endIdentity();
      return session.user;
    },

    async logout(options) {
      const { global = false } = readLogoutOptions(options);
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
      if (pool?.isOfEndedSession(userToken)) throw sessionChanged();
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

const LOGOUT_OPTIONS = ['global'];

/** An event is no option: apps hand `logout` itself to a button, as in `onClick={logout}`. */
function readLogoutOptions(given: { global?: boolean | undefined } = {}): { global?: boolean | undefined } {
  if ('isTrusted' in given) return {};
  checkKnown(given, LOGOUT_OPTIONS);
  return given;
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
