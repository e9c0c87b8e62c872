/** Logging in: by the app, and for calls that have the option `login`. */
import { noUser } from './notLoggedIn.js';
import { createSharedLogin } from './sharedLogin.js';
import type { SharedLogin } from './sharedLogin.js';
import type { LoginCallbacks, PoolUser, UserPool, UserSession } from './userPool/index.js';

/** The logins of an instance. */
export interface UserLogins<User extends PoolUser> {
  /** Logs a user in. */
  readonly login: (
    username: string,
    password: string | undefined,
    callbacks?: LoginCallbacks,
  ) => Promise<UserSession<User>>;
  /** One login for all calls that ask for the same one at the same time. */
  readonly shared: SharedLogin;
  /**
   * The session that was found, where there is one.
   * @throws AuthError `NotLoggedIn`, which says so where a login is still under way
   */
  readonly requireUser: (found: UserSession<User> | undefined) => UserSession<User>;
}

/**
 * Makes the logins of an instance.
 * @param openPool Gives the user pool, or throws where there is none.
 * @param onLogin Called once a user has logged in.
 */
export function createUserLogins<User extends PoolUser>(
  openPool: () => UserPool<User>,
  onLogin: (session: UserSession) => void,
): UserLogins<User> {
  let underWay = 0;
  const shared = createSharedLogin(login);

  async function login(
    username: string,
    password: string | undefined,
    callbacks?: LoginCallbacks,
  ): Promise<UserSession<User>> {
    const pool = openPool();
    shared.forget(); // this login overtakes the shared one
    underWay++;
    const session = await pool.login(username, password, callbacks).finally(() => underWay--);
    onLogin(session);
    return session;
  }

  function requireUser(found: UserSession<User> | undefined): UserSession<User> {
    if (found) return found;
    throw noUser(underWay > 0);
  }

  return { login, shared, requireUser };
}
