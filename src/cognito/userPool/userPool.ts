/** The user pool: logging in and out, and who is logged in. */
import { unexpected } from '../shared/index.js';
import type { UserPoolConfig } from '../shared/index.js';
import type { AuthFlow, LoginCallbacks } from './challenges.js';
import { createCurrentSession } from './currentSession.js';
import type { CurrentSessionOptions } from './currentSession.js';
import { createGenerations } from './generations.js';
import type { ConnectUserPool, PoolUser } from './loginClient.js';
import { logIn } from './poolLogin.js';
import { endSession } from './poolLogout.js';
import type { Logout } from './poolLogout.js';
import type { UserSession } from './session.js';
import { createSessionHistory } from './sessionHistory.js';
import { subjectOf } from './tokens.js';
import { createUserPoolCalls } from './userPoolCalls.js';
import type { UserPoolCalls } from './userPoolCalls.js';
import { sessionKeys, userStorage } from './userStorage.js';
import type { UserStorage } from './userStorage.js';

/** Options of a user pool's client. */
export interface UserPoolOptions<User extends PoolUser> extends CurrentSessionOptions<User> {
  /** Makes the client that sends logins. */
  readonly connect: ConnectUserPool<User>;
  /** The flow that logins begin with, by the app's choice. Default `USER_SRP_AUTH`. */
  readonly authFlow: AuthFlow | undefined;
}

/** A client of a user pool. */
export interface UserPool<User extends PoolUser = PoolUser> extends UserPoolCalls {
  /**
   * The session of the user who is logged in now, by what the storage says: a login or logout elsewhere (another tab, another
   * instance, `user.signOut()`) ends the session here as well.
   * @throws AuthError `StorageFailed`
   */
  readonly current: () => UserSession<User> | undefined;
  /** Whether a token comes from a session that has ended here, and its user is not logged in again. */
  readonly isOfEndedSession: (token: string) => boolean;
  /**
   * Whether a user, such as an earlier `current().user`, is the user of a session. The name does not tell, since a new account may
   * have the name of one that was deleted.
   */
  readonly isUserOf: (user: PoolUser, session: UserSession) => boolean;
  /**
   * Whether a login is that of the present session: it states the pool's own name of the user, or the same name and password as the
   * login that opened the session. An e-mail address alone does not tell, since it may belong to another user by now.
   */
  readonly isSessionOf: (session: UserSession, username: string, password: string) => boolean;
  /** Logs a user in. The user who was logged in before stays logged in until this succeeds. */
  readonly login: (
    username: string,
    password: string | undefined,
    callbacks?: LoginCallbacks,
  ) => Promise<UserSession<User>>;
  /** Ends the session here, at once; with `global`, then everywhere. */
  readonly logout: (global: boolean) => Logout;
  /** The user pool's settings. */
  readonly config: UserPoolConfig;
}

/**
 * Makes a client of a user pool.
 * @param config The user pool.
 * @param options How to call it, and where the session is kept.
 */
export function createUserPool<User extends PoolUser>(
  config: UserPoolConfig,
  options: UserPoolOptions<User>,
): UserPool<User> {
  const { storage, flush } = options;
  const uncommittedView = (): UserStorage => userStorage(storage, config.clientId);
  const client = options.connect(config, options, uncommittedView());
  const authFlow = options.authFlow ?? 'USER_SRP_AUTH';
  if (!client.flows.includes(authFlow)) throw unexpected('authFlow', client.flows.join(' or '), authFlow);
  const history = createSessionHistory();
  const session = createCurrentSession(config, client, options, history);
  const generations = createGenerations();
  const { call, waitFor } = createUserPoolCalls(config, options);
  const loginContext = { client, authFlow, waitFor, session, generations, history };
  const removeLastUser = () => storage.removeItem(sessionKeys(config.clientId).lastUser);

  return {
    config,
    current: session.find,
    isOfEndedSession(token) {
      const subject = session.find()?.subject; // asked first: it notices where another tab has ended the session
      return history.hasEnded(token) && subject !== subjectOf(token);
    },
    isUserOf: history.isUserOf,
    isSessionOf: history.isSessionOf,
    async login(username, password, callbacks = {}) {
      const next = await logIn(loginContext, { username, password }, callbacks, uncommittedView());
      await flush(); // a failure does not matter: the session is in memory
      return next;
    },
    logout(global) {
      generations.begin();
      return endSession(session, { removeLastUser, flush }, global);
    },
    call,
    waitFor,
  };
}
