/** Users, tokens and credentials: the functions of an instance, over its parts. */
import { credentialsForToken, credentialsOf } from './awsCredentials.js';
import type { Identity } from './identity.js';
import { logOut } from './logOut.js';
import { isForced } from './options.js';
import { createParts, requireUserPool } from './parts.js';
import type { CognitoConnections } from './pools.js';
import type { CognitoCore, CognitoOptions } from './types.js';
import { createCallUserPool, sessionChanged } from './userPool/index.js';
import type { PoolUser, UserSession } from './userPool/index.js';
import { getUserToken } from './userToken.js';

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
  connections: CognitoConnections<User>,
): CognitoCore<User> {
  const parts = createParts(config, options, connections);
  const { settings, pool, events, currentIdentity, userLogins, load } = parts;
  const currentSession = (): UserSession<User> => userLogins.requireUser(requireUserPool(pool).current());

  function signingIdentity(): Identity {
    const session = pool?.current();
    return currentIdentity.of(settings.needsUser ? userLogins.requireUser(session) : session);
  }

  return {
    config: settings.config,
    load,
    ready: async () => load(),
    callUserPool: createCallUserPool(
      () => requireUserPool(pool),
      whenLoaded(load, () => Promise.resolve(currentSession())),
    ),
    login: whenLoaded(
      load,
      async (username, password, callbacks) => (await userLogins.login(username, password, callbacks)).user,
    ),
    logout: whenLoaded(load, (given) => logOut(parts, given)),
    getSession: events.current,
    onSessionChange: events.listen,
    getCurrentUser: () => pool?.current()?.user ?? null,
    getUserToken: whenLoaded(load, (given) => getUserToken(requireUserPool(pool), currentSession(), given)),
    credentials: whenLoaded(load, (context) => credentialsOf(signingIdentity(), context?.forceRefresh)),
    getAwsCredentials: whenLoaded(load, (given) =>
      given === undefined || typeof given === 'object'
        ? credentialsOf(signingIdentity(), isForced(given))
        : credentialsForToken(parts, given),
    ),
    identity: signingIdentity,
    identityOfLogin(username, password) {
      const session = pool?.current();
      return session && pool!.isSessionOf(session, username, password) ? currentIdentity.of(session) : undefined;
    },
    async logInForCall(username, password) {
      const session = await userLogins.shared.run(username, password);
      if (pool?.current() !== session) throw sessionChanged();
      return currentIdentity.of(session);
    },
  };
}

/** Makes a function wait for the storage first, where that has to be loaded. */
function whenLoaded<Args extends unknown[], T>(
  load: () => Promise<void> | undefined,
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return async (...args) => {
    const loading = load();
    if (loading) await loading;
    return work(...args);
  };
}
