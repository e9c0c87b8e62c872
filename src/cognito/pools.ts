/** The user pool and the identity pool of a configuration, and the storage that both use. */
import { createGuestIdentity, guestKey } from './identityPool/index.js';
import type { ConnectIdentityPool, CredentialSharing, IdentityPool } from './identityPool/index.js';
import type { Settings } from './settings.js';
import type { CognitoOptions } from './types.js';
import { createUserPool, openStorage } from './userPool/index.js';
import type { ConnectUserPool, PoolUser, SessionEnd, UserPool } from './userPool/index.js';

/** How the pools are reached: each entry of the package chooses its own way. */
export interface CognitoConnections<User extends PoolUser> {
  /** How users log in at the user pool: `connectUserPool`, or over amazon-cognito-identity-js. */
  readonly connectUserPool: ConnectUserPool<User>;
  /** How to get credentials from the identity pool: `connectAwsSdk` or `connectIdentityPool`. */
  readonly connectIdentityPool: ConnectIdentityPool;
  /** Makes the credentials known elsewhere as well, such as to `AWS.config`. */
  readonly sharing?: CredentialSharing | undefined;
}

/** What is called when a session changes. */
export interface SessionObserver {
  /** Called once a session has ended. */
  readonly onEnd: (how: SessionEnd) => void;
  /** Called once new tokens are stored. */
  readonly onRenewal: () => void;
}

/** The two pools. */
export interface Pools<User extends PoolUser> {
  /** The user pool; `undefined` where none is configured. */
  readonly userPool: UserPool<User> | undefined;
  /** The identity pool; `undefined` where none is configured, and where the app has credentials of its own. */
  readonly identityPool: IdentityPool | undefined;
  /** Loads the storage; `undefined` where there is nothing to load. */
  readonly load: () => Promise<void> | undefined;
}

/**
 * Opens the pools of a configuration.
 * @param settings Configuration and options, checked.
 * @param options The app's options.
 * @param connections How the pools are reached.
 * @param observer What is called when a session changes.
 * @throws AuthError `InvalidConfig` for an `authFlow` that the user pool's client does not know
 */
export function openPools<User extends PoolUser>(
  { config, calls, now, storage: given }: Settings,
  { authFlow, role, credentials }: CognitoOptions,
  connections: CognitoConnections<User>,
  observer: SessionObserver,
): Pools<User> {
  const guest = guestKey(config.identityPool?.identityPoolId);
  const { storage, load, flush } = openStorage(given, config.userPool?.clientId, [guest]);
  const connect = connections.connectUserPool;
  const userPool =
    config.userPool &&
    createUserPool(config.userPool, { ...calls, ...observer, connect, authFlow, storage, flush, now });
  const identityPool =
    credentials === undefined && config.identityPool
      ? connections.connectIdentityPool(
          { ...config.identityPool, role },
          calls,
          createGuestIdentity(storage, config.identityPool.identityPoolId),
        )
      : undefined;
  return { userPool, identityPool, load };
}
