/** The user pool: logging in and out, and who is logged in. */
import { AuthError } from '../../errors.js';
import { sha256Hex } from '../../sigv4/index.js';
import { checkOptions, withTimeout } from '../../util/index.js';
import { callOnce, checkInput, toAuthError, unexpected, unknownSetting, USER_POOL_SERVICE } from '../shared/index.js';
import type { UserPoolConfig } from '../shared/index.js';
import { CALLBACKS } from './challenges.js';
import type { AuthFlow, LoginCallbacks } from './challenges.js';
import { authenticate } from './login.js';
import type { ConnectUserPool, PoolUser } from './loginClient.js';
import { openSession } from './session.js';
import type { SessionEnd, UserSession, UserSessionOptions } from './session.js';
import type { FallbackStorage } from './fallbackStorage.js';
import { loginOf, subjectOf } from './tokens.js';
import { sessionKeys, userStorage } from './userStorage.js';
import type { UserStorage } from './userStorage.js';

/** Options of a user pool's client. */
export interface UserPoolOptions<User extends PoolUser> extends Omit<UserSessionOptions<User>, 'onEnd' | 'client'> {
  /** Makes the client that sends logins. */
  readonly connect: ConnectUserPool<User>;
  /** The flow that logins begin with, by the app's choice. Default `USER_SRP_AUTH`. */
  readonly authFlow: AuthFlow | undefined;
  /** Where the session is kept. */
  readonly storage: FallbackStorage;
  /** Called once a session has ended. */
  readonly onEnd: (how: SessionEnd) => void;
}

/** A logout. It has taken effect here already; the rest may still be under way. */
export interface Logout {
  /** The name of the user who was logged in; `undefined` where nobody was. */
  readonly username: string | undefined;
  /**
   * Resolves once the storage is cleared and, with `global`, the pool has invalidated the tokens.
   * @throws AuthError where that failed, such as `StorageFailed`. Here, the user is logged out even so.
   */
  readonly done: Promise<void>;
}

/** A client of a user pool. */
export interface UserPool<User extends PoolUser = PoolUser> {
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
  /** Calls an operation, without another attempt where that fails. */
  readonly call: (operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Waits for an answer, up to the timeout; what it rejects with becomes an `AuthError`. */
  readonly waitFor: <T>(doing: string, answer: Promise<T>, secrets?: readonly string[]) => Promise<T>;
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
  const { clientId, endpoint } = config;
  const { timeout, storage } = options;
  const view = (username?: string) => userStorage(storage, clientId, username);
  const client = options.connect(config, options, view());
  const authFlow = options.authFlow ?? 'USER_SRP_AUTH';
  if (!client.flows.includes(authFlow)) throw unexpected('authFlow', client.flows.join(' or '), authFlow);
  const { lastUser } = sessionKeys(clientId);
  let session: UserSession<User> | undefined;
  /** The ids of the logins of all sessions that have ended here. */
  const endedLogins = new Set<string | undefined>();
  /** The `sub` of each user object that a session had here. */
  const subjects = new WeakMap<PoolUser, string | undefined>();
  /** The login that opened a session here: a hash of the typed name and the password. */
  const openedBy = new WeakMap<UserSession, string>();
  /** Counts logins and logouts: a login must not take effect once a later login or logout has begun. */
  let generation = 0;

  function open(user: User, mine: UserStorage, isNew = false): UserSession<User> {
    const opened = openSession(user, mine, config, { ...options, client, onEnd: ended }, isNew);
    subjects.set(user, opened.subject);
    return opened;
  }

  function ended(former: UserSession<User>, how: SessionEnd): void {
    for (const login of former.logins) endedLogins.add(login);
    if (session === former) session = undefined;
    options.onEnd(how);
  }

  function current(): UserSession<User> | undefined {
    if (session?.syncWithStorage()) return session;
    const username = storage.getItem(lastUser);
    if (username === null) return undefined;
    const mine = view(username);
    return (session = open(client.createUser(username, mine), mine));
  }

  function isOfEndedSession(token: string): boolean {
    const login = loginOf(token);
    return login !== undefined && endedLogins.has(login) && current()?.subject !== subjectOf(token);
  }

  function isUserOf(user: PoolUser, { username, subject }: UserSession): boolean {
    return user.getUsername() === username && (!subjects.has(user) || subjects.get(user) === subject);
  }

  async function login(
    username: string,
    password: string | undefined,
    callbacks: LoginCallbacks = {},
  ): Promise<UserSession<User>> {
    checkCallbacks(callbacks);
    checkInput(username, 'username', 'a name or an alias');
    const flow = callbacks.customChallenge ? 'CUSTOM_AUTH' : authFlow;
    if (flow !== 'USER_AUTH' || password !== undefined) checkInput(password, 'password', 'text');
    current(); // throws where the storage cannot be read, before anything is sent
    const mine = ++generation;
    const uncommitted = view();
    /** The session that this login replaces. Throws where the login cannot take effect any more. */
    const findFormer = (): UserSession<User> | undefined => {
      if (mine !== generation) {
        throw new AuthError('SessionChanged', 'A later login or logout overtook this login, which has no effect.');
      }
      uncommitted.assertReadable();
      return current();
    };
    const secrets = password === undefined ? [] : [password];
    const steps = {
      attempt: client.createAttempt(username, uncommitted),
      callbacks,
      flow,
      hasPassword: password !== undefined,
      wait: <T>(answer: Promise<T>) => waitFor('Logging in', answer, secrets),
      keepSecret(secret: string) {
        findFormer();
        secrets.push(secret);
      },
    };
    const user = await authenticate(steps, password);
    const former = findFormer();
    const next = open(user, uncommitted, true); // reads the tokens of the login; from here on, nothing can fail
    former?.end({ forget: true }); // values that cannot be removed count for nothing once the storage names another user
    // Not the typed name: the pool may know the user by another one.
    uncommitted.commit(next.username);
    if (password !== undefined) openedBy.set(next, proofOf(username, password));
    session = next;
    await options.flush(); // a failure does not matter: the session is in memory
    return next;
  }

  function isSessionOf(mine: UserSession, username: string, password: string): boolean {
    return mine.username === username || openedBy.get(mine) === proofOf(username, password);
  }

  function logout(global: boolean): Logout {
    generation++;
    const { value: found, failure } = attempt(current);
    const last = failure ? session : found;
    const tokens = attempt(() => (global ? last?.tokens() : undefined));
    const unforgotten = last?.end({ forget: true });
    if (failure) storage.removeItem(lastUser); // whichever user it names, since it could not be read
    const failed = failure ?? tokens.failure ?? unforgotten;
    const finish = async (): Promise<void> => {
      const unwritten = await options.flush();
      if (tokens.value) await last?.signOutEverywhere(tokens.value);
      if (failed ?? unwritten) throw (failed ?? unwritten)!;
    };
    return { username: last?.username, done: finish() };
  }

  function call(operation: string, input: object): Promise<Record<string, unknown>> {
    return callOnce(endpoint, USER_POOL_SERVICE + operation, input, options);
  }

  async function waitFor<T>(doing: string, answer: Promise<T>, secrets: readonly string[] = []): Promise<T> {
    try {
      return await withTimeout(answer, timeout);
    } catch (error) {
      throw toAuthError(error, { service: 'user pool', doing, endpoint, secrets });
    }
  }

  return { config, current, isOfEndedSession, isUserOf, isSessionOf, login, logout, call, waitFor };
}

const proofOf = (username: string, password: string): string => sha256Hex(JSON.stringify([username, password]));

/** Reads from the storage, and gives the value or the error. */
function attempt<T>(look: () => T): { readonly value?: T; readonly failure?: AuthError } {
  try {
    return { value: look() };
  } catch (error) {
    return { failure: error as AuthError };
  }
}

/**
 * Checks the callbacks of a login before it begins, and not only when one of them is needed.
 * @throws AuthError `InvalidConfig` for an unknown name, or a callback that is not a function
 */
function checkCallbacks(callbacks: LoginCallbacks): void {
  checkOptions(callbacks, CALLBACKS, unknownSetting);
  for (const name of CALLBACKS) {
    const given: unknown = callbacks[name];
    if (given !== undefined && typeof given !== 'function') throw unexpected(name, 'a function', given);
  }
}
