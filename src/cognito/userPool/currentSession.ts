/** The session of the user who is logged in, and how one session follows another. */
import type { UserPoolConfig } from '../shared/index.js';
import type { FallbackStorage } from './fallbackStorage.js';
import type { LoginClient, PoolUser } from './loginClient.js';
import { openSession } from './session.js';
import type { SessionEnd, UserSession, UserSessionOptions } from './session.js';
import type { SessionHistory } from './sessionHistory.js';
import { sessionKeys, userStorage } from './userStorage.js';
import type { UserStorage } from './userStorage.js';

/** How sessions are opened, and where they are kept. */
export interface CurrentSessionOptions<User extends PoolUser> extends Omit<
  UserSessionOptions<User>,
  'onEnd' | 'client'
> {
  /** Where the session is kept. */
  readonly storage: FallbackStorage;
  /** Called once a session has ended. */
  readonly onEnd: (how: SessionEnd) => void;
}

/** Holds the session of the user who is logged in. */
export interface CurrentSession<User extends PoolUser> {
  /** See `UserPool.current`. */
  readonly find: () => UserSession<User> | undefined;
  /** The session that was found or opened last, unless it has ended. The storage is not asked. */
  readonly lastFound: () => UserSession<User> | undefined;
  /**
   * Opens the session of a user who has just logged in.
   * @param user The user.
   * @param uncommitted The login's view, which holds the tokens and becomes the user's.
   * @param former The session that ends by this.
   */
  readonly replace: (user: User, uncommitted: UserStorage, former: UserSession | undefined) => UserSession<User>;
}

/**
 * Makes the holder of the current session.
 * @param config The user pool.
 * @param client The client that logs users in.
 * @param options How to call the pool, and where the session is kept.
 * @param history Takes note of each session.
 */
export function createCurrentSession<User extends PoolUser>(
  config: UserPoolConfig,
  client: LoginClient<User>,
  options: CurrentSessionOptions<User>,
  history: SessionHistory,
): CurrentSession<User> {
  const { storage } = options;
  const { lastUser } = sessionKeys(config.clientId);
  let session: UserSession<User> | undefined;

  function open(user: User, view: UserStorage, isNew: boolean): UserSession<User> {
    const opened = openSession(user, view, config, { ...options, client, onEnd }, isNew);
    history.opened(opened);
    return opened;
  }

  function onEnd(ended: UserSession<User>, how: SessionEnd): void {
    history.ended(ended);
    if (session === ended) session = undefined;
    options.onEnd(how);
  }

  return {
    find() {
      if (session?.syncWithStorage()) return session;
      const username = storage.getItem(lastUser);
      if (username === null) return undefined;
      const view = userStorage(storage, config.clientId, username);
      return (session = open(client.createUser(username, view), view, false));
    },
    lastFound: () => session,
    replace(user, uncommitted, former) {
      const next = open(user, uncommitted, true); // reads the tokens of the login; from here on, nothing can fail
      former?.end({ forget: true }); // values that cannot be removed count for nothing once the storage names another user
      uncommitted.commit(next.username); // not the typed name: the pool may know the user by another one
      return (session = next);
    },
  };
}
