/** The parts of an instance, which its functions work on. */
import { createCredentialLoader } from './credentialLoader.js';
import type { CredentialLoader } from './credentialLoader.js';
import { createCurrentIdentity } from './currentIdentity.js';
import type { CurrentIdentity } from './currentIdentity.js';
import { createUserLogins } from './userLogins.js';
import type { UserLogins } from './userLogins.js';
import { openPools } from './pools.js';
import type { CognitoConnections } from './pools.js';
import { createSessionEvents } from './sessionEvents.js';
import type { SessionEvents } from './sessionEvents.js';
import { readSettings } from './settings.js';
import type { Settings } from './settings.js';
import { unexpected } from './shared/index.js';
import type { CognitoOptions } from './types.js';
import type { PoolUser, SessionEnd, UserPool, UserSession } from './userPool/index.js';

/** The parts of an instance. */
export interface Parts<User extends PoolUser> {
  /** Configuration and options, checked. */
  readonly settings: Settings;
  /** The user pool; `undefined` where none is configured. */
  readonly pool: UserPool<User> | undefined;
  /** Loads the storage; `undefined` where there is nothing to load. */
  readonly load: () => Promise<void> | undefined;
  /** Tells the app of changes of the session. */
  readonly events: SessionEvents;
  /** Gets new credentials. */
  readonly loader: CredentialLoader;
  /** The identity that signs at the moment. */
  readonly currentIdentity: CurrentIdentity;
  /** Logs users in. */
  readonly userLogins: UserLogins<User>;
}

/**
 * Makes the parts of an instance.
 * @param config The configuration object of the app.
 * @param options Known ones only.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createParts<User extends PoolUser>(
  config: unknown,
  options: CognitoOptions,
  connections: CognitoConnections<User>,
): Parts<User> {
  const settings = readSettings(config, options);
  const { userPool: pool, identityPool, load } = openPools(settings, options, connections, { onEnd, onRenewal });
  const events = createSessionEvents(pool, options.storage, load);
  const loader = createCredentialLoader(options, settings.config, identityPool);
  const currentIdentity = createCurrentIdentity({ pool, loader, now: settings.now, sharing: connections.sharing });
  const userLogins = createUserLogins(() => requireUserPool(pool), onLogin);

  function onLogin(session: UserSession): void {
    currentIdentity.endOthers(session);
    events.mayHaveChanged(true);
  }

  function onRenewal(): void {
    events.mayHaveChanged(true);
  }

  function onEnd({ isHere, reason }: SessionEnd): void {
    currentIdentity.end();
    events.mayHaveChanged(isHere, reason);
  }

  return { settings, pool, load, events, loader, currentIdentity, userLogins };
}

/**
 * The user pool, for what cannot do without.
 * @throws AuthError `InvalidConfig` where none is configured
 */
export function requireUserPool<User extends PoolUser>(pool: UserPool<User> | undefined): UserPool<User> {
  if (pool) return pool;
  throw unexpected('cognito.USER_POOL_ID', 'the id of the user pool to log in at', undefined);
}
