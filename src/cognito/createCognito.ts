/** Who is logged in at the user pool, and the credentials that the identity pool gives them. */
import { readClock } from '../util/index.js';
import type { AwsCredentials, CredentialContext } from '../util/index.js';
import { createIdentity } from './identity.js';
import type { Identity } from './identity.js';
import { createGuestIdentity, GUEST, guestKey, readDeveloperIdentity, readLogins } from './identityPool/index.js';
import type { ConnectIdentityPool, CredentialSharing, IdentityPool } from './identityPool/index.js';
import { noUser, notTheirToken, notThisUser } from './notLoggedIn.js';
import { checkGiven, checkSource, hasUsername, isForced, isForcedAlone, readLogout, readStorage } from './options.js';
import { createSessionEvents } from './sessionEvents.js';
import { answerTimeout, checkConfig, checkIdToken, unexpected } from './shared/index.js';
import type { CognitoCore, CognitoOptions } from './types.js';
import { createSharedLogin } from './sharedLogin.js';
import { createCallUserPool, createUserPool, openStorage, sessionChanged, subjectOf } from './userPool/index.js';
import type { ConnectUserPool, LoginCallbacks, PoolUser, SessionEnd, UserPool, UserSession } from './userPool/index.js';

/** How the pools are reached: each entry of the package chooses its own way. */
export interface CognitoConnections<User extends PoolUser> {
  /** How users log in at the user pool: `connectUserPool`, or over amazon-cognito-identity-js. */
  readonly connectUserPool: ConnectUserPool<User>;
  /** How to get credentials from the identity pool: `connectAwsSdk` or `connectIdentityPool`. */
  readonly connectIdentityPool: ConnectIdentityPool;
  /** Makes the credentials known elsewhere as well, such as to `AWS.config`. */
  readonly sharing?: CredentialSharing | undefined;
}

/**
 * Users, tokens and credentials for a configuration.
 * @param config The configuration object of the app.
 * @param options Storage, credentials, clock …: known ones only.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createCognito<User extends PoolUser>(
  config: unknown,
  options: CognitoOptions,
  { connectUserPool: connect, connectIdentityPool, sharing }: CognitoConnections<User>,
): CognitoCore<User> {
  const { credentials: source, logins, developerIdentity, role, guests = false } = options;
  checkGiven(options);
  if (source !== undefined) checkSource(source);
  const now = options.now === undefined ? undefined : readClock(options.now, unexpected);
  const needsUserPool = (source ?? logins ?? developerIdentity) === undefined && !guests;
  const checked = checkConfig(config, { userPool: needsUserPool, identityPool: source === undefined });
  const timeout = answerTimeout(options.authTimeout, 'authTimeout');
  const calls = { fetch: options.fetch ?? globalThis.fetch, timeout };
  const { storage, load, flush } = openStorage(readStorage(options.storage), checked.userPool?.clientId, [
    guestKey(checked.identityPool?.identityPoolId),
  ]);
  const { authFlow } = options;
  const pool =
    checked.userPool &&
    createUserPool(checked.userPool, { ...calls, connect, authFlow, storage, flush, now, onEnd, onRenewal });
  const events = createSessionEvents(pool, options.storage, load);
  const identityPool: IdentityPool | undefined =
    source === undefined && checked.identityPool
      ? connectIdentityPool(
          { ...checked.identityPool, role },
          calls,
          createGuestIdentity(storage, checked.identityPool.identityPoolId),
        )
      : undefined;
  let identity: Identity | undefined;
  /** How many tokens without a `sub` were passed to `getAwsCredentials`. */
  let strangers = 0;

  /** Where a session's credentials come from: the app's own source first, then the identity pool. */
  async function loadCredentials(context: CredentialContext, loginId: string): Promise<AwsCredentials> {
    if (typeof source === 'function') return source(context);
    if (source !== undefined) return source;
    if (context.idToken === undefined && developerIdentity) {
      const { identityId, token, provider } = readDeveloperIdentity(
        await developerIdentity(),
        checked.identityPool!.region,
      );
      return identityPool!.getCredentials({ [provider]: token }, loginId, identityId);
    }
    const given = context.idToken === undefined && logins ? await readLogins(logins) : context.logins;
    return identityPool!.getCredentials(given ?? {}, loginId);
  }

  /** The identity for a session that has just been looked up; `undefined` stands for nobody who is logged in. */
  function identityOf(session: UserSession | undefined): Identity {
    if (identity && identity.session === session) return identity;
    endIdentity();
    const loginId = session?.username ?? GUEST;
    identity = createIdentity({
      session,
      providerName: checked.userPool?.providerName,
      isCurrent: () => pool?.current() === session,
      load: (context) => loadCredentials(context, loginId),
      // A guest's id is kept, so that a guest who logs in and out again is the same guest; only `logout` forgets it.
      forget: () => void (loginId !== GUEST && forget(loginId)),
      now,
      sharing,
    });
    return identity;
  }

  let loginsUnderWay = 0;

  function currentIdentity(): Identity {
    const session = pool?.current();
    return identityOf(needsUserPool ? requireUser(session) : session);
  }

  async function credentialsOf(mine: Identity, forceRefresh = false): Promise<AwsCredentials> {
    const credentials = await mine.getCredentials({ forceRefresh });
    mine.assertCurrent();
    return credentials;
  }

  async function login(
    username: string,
    password: string | undefined,
    callbacks?: LoginCallbacks,
  ): Promise<UserSession<User>> {
    sharedLogin.forget(); // this login overtakes the shared one
    loginsUnderWay++;
    const session = await openPool()
      .login(username, password, callbacks)
      .finally(() => loginsUnderWay--);
    if (identity?.session !== session) endIdentity(); // such as that of a guest
    events.mayHaveChanged(true);
    return session;
  }

  const sharedLogin = createSharedLogin(login);

  function requireUser(session: UserSession<User> | undefined): UserSession<User> {
    if (session) return session;
    throw noUser(loginsUnderWay > 0);
  }

  /** Forgets a user's identity id. It does no harm where that fails: ids are kept apart by user. */
  async function forget(loginId: string): Promise<void> {
    try {
      await identityPool?.forget(loginId);
    } catch {
      // aws-sdk could not be loaded, so it has not remembered anything.
    }
  }

  function onEnd({ isHere, reason }: SessionEnd): void {
    endIdentity();
    events.mayHaveChanged(isHere, reason);
  }

  function onRenewal(): void {
    events.mayHaveChanged(true);
  }

  function endIdentity(): void {
    identity?.end();
    identity = undefined;
    sharing?.revoke();
  }

  function openPool(): UserPool<User> {
    if (pool) return pool;
    throw unexpected('cognito.USER_POOL_ID', 'the id of the user pool to log in at', undefined);
  }

  /** Makes a function wait for the storage first, where that has to be loaded. */
  function whenLoaded<Args extends unknown[], T>(work: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
    return async (...args) => {
      const loading = load();
      if (loading) await loading;
      return work(...args);
    };
  }

  const currentSession = (): UserSession<User> => requireUser(openPool().current());

  return {
    config: checked,
    load,
    ready: async () => load(),
    callUserPool: createCallUserPool(
      openPool,
      whenLoaded(() => Promise.resolve(currentSession())),
    ),

    login: whenLoaded(async (username, password, callbacks) => (await login(username, password, callbacks)).user),

    logout: whenLoaded(async (options) => {
      const { isEverywhere, problem } = readLogout(options);
      sharedLogin.forget();
      const { username, done } = pool?.logout(isEverywhere) ?? {};
      endIdentity();
      events.mayHaveChanged(true);
      await Promise.all([done, forget(GUEST), username === undefined ? undefined : forget(username)]);
      if (problem) throw problem;
    }),

    getSession: events.current,
    onSessionChange: events.listen,
    getCurrentUser: () => pool?.current()?.user ?? null,

    getUserToken: whenLoaded(async (given) => {
      const session = currentSession();
      const isUser = hasUsername(given);
      if (isUser && !openPool().isUserOf(given, session)) {
        throw notThisUser();
      }
      const { idToken } = await session.validTokens({ renew: !isUser && isForcedAlone(given) });
      session.assertCurrent();
      return idToken;
    }),

    credentials: whenLoaded(async (context) => credentialsOf(currentIdentity(), context?.forceRefresh)),

    getAwsCredentials: whenLoaded(async (userToken) => {
      if (userToken === undefined || typeof userToken === 'object') {
        return credentialsOf(currentIdentity(), isForced(userToken));
      }
      checkIdToken(userToken, 'userToken');
      if (pool?.isOfEndedSession(userToken)) throw sessionChanged();
      const session = pool?.current();
      const subject = subjectOf(userToken);
      if (subject !== undefined && subject === session?.subject) return credentialsOf(identityOf(session));
      // A token from elsewhere, such as the hosted login page: the identity pool decides, and nothing is kept.
      if (!checked.userPool || !identityPool) throw notTheirToken();
      // No user's name has a space, so this id cannot be that of a user who logs in here.
      const loginId = `token of ${subject ?? ++strangers}`;
      try {
        return await identityPool.getCredentials({ [checked.userPool.providerName]: userToken }, loginId);
      } finally {
        await forget(loginId);
      }
    }),

    identity: currentIdentity,

    identityOfLogin(username, password) {
      const session = pool?.current();
      return session && pool!.isSessionOf(session, username, password) ? identityOf(session) : undefined;
    },

    async logInForCall(username, password) {
      const session = await sharedLogin.run(username, password);
      if (pool?.current() !== session) throw sessionChanged();
      return identityOf(session);
    },
  };
}
