/** The user pool: logging in over SRP, and who is logged in. */
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { AuthError } from '../../errors.js';
import { withTimeout } from '../../util/index.js';
import { callOnce, checkKnown, toAuthError, USER_POOL_SERVICE } from '../shared/index.js';
import type { UserPoolConfig } from '../shared/index.js';
import { CALLBACKS } from './challenges.js';
import type { LoginCallbacks } from './challenges.js';
import { authenticate } from './login.js';
import { openSession } from './session.js';
import type { UserSession, UserSessionOptions } from './session.js';
import { sessionKeys, userStorage, withMemoryFallback } from './storage.js';
import type { TokenStorage } from './storage.js';
import { loginOf, subjectOf } from './tokens.js';

/** What a user pool's client works with. */
export interface UserPoolOptions extends UserSessionOptions {
  /** Where the session is kept. */
  readonly storage: TokenStorage;
}

/** A client of a user pool. */
export interface UserPool {
  /**
   * The session of the user who is logged in now. The storage decides, so that a login or logout elsewhere (another tab,
   * another instance, `user.signOut()`) ends the session here as well.
   */
  readonly current: () => UserSession | undefined;
  /** Whether a token comes from a session that has ended here, of a user who is not logged in. */
  readonly isOfEndedSession: (token: string) => boolean;
  /** Logs a user in. Whoever was logged in before stays so until this succeeds. */
  readonly login: (username: string, password: string, callbacks?: LoginCallbacks) => Promise<UserSession>;
  /** Ends the session here, at once; with `global`, then everywhere. */
  readonly logout: (global: boolean) => Promise<void>;
  /** The library's pool. */
  readonly pool: CognitoUserPool;
  /** Calls an operation, once. */
  readonly call: (operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Waits for an answer, but not for ever; what is thrown becomes an `AuthError`. */
  readonly waitFor: <T>(doing: string, answer: Promise<T>, secrets?: readonly string[]) => Promise<T>;
}

/**
 * Makes a client of a user pool.
 * @param config The user pool.
 * @param options How to call it, and where the session is kept.
 */
export function createUserPool(config: UserPoolConfig, options: UserPoolOptions): UserPool {
  const { clientId, endpoint, userPoolId } = config;
  const { timeout } = options;
  const storage = withMemoryFallback(options.storage);
  const view = (username?: string) => userStorage(storage, clientId, username);
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, Storage: view() });
  let session: UserSession | undefined;
  /** The logins of every session that has ended here. */
  const endedLogins = new Set<string | undefined>();
  /** Counts logins and logouts: a login that a later one of either has overtaken must not take effect. */
  let generation = 0;

  function current(): UserSession | undefined {
    const username = storage.getItem(sessionKeys(clientId).lastUser) ?? undefined;
    if (session?.username === username && session?.syncWithStorage() !== false) return session;
    end(false);
    if (username !== undefined) {
      const mine = view(username);
      session = openSession(createUser(username, mine), mine, config, options);
    }
    return session;
  }

  function isOfEndedSession(token: string): boolean {
    const login = loginOf(token);
    return login !== undefined && endedLogins.has(login) && current()?.subject !== subjectOf(token);
  }

  function createUser(username: string, Storage = view()): CognitoUser {
    return new CognitoUser({ Username: username, Pool: pool, Storage });
  }

  async function login(username: string, password: string, callbacks: LoginCallbacks = {}): Promise<UserSession> {
    checkKnown(callbacks, CALLBACKS);
    if (!username) throw new AuthError('InvalidInput', 'username: expected a name or an alias, got none');
    const mine = ++generation;
    const assertNewest = () => {
      if (mine === generation) return;
      throw new AuthError('SessionChanged', 'A later login or logout overtook this login, which has no effect.');
    };
    const uncommitted = view();
    const user = createUser(username, uncommitted);
    const secrets = [password];
    if (callbacks.customChallenge) user.setAuthenticationFlowType('CUSTOM_AUTH');
    await authenticate(
      {
        user,
        callbacks,
        wait: (answer) => waitFor('Logging in', answer, secrets),
        keepSecret(secret) {
          assertNewest();
          secrets.push(secret);
        },
      },
      (handlers) => {
        user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), handlers);
      },
    );
    assertNewest();
    current();
    end(true);
    // The pool may know the user by another name than the one typed: the library has taken it over by now.
    uncommitted.commit(user.getUsername());
    return (session = openSession(user, uncommitted, config, options, username));
  }

  async function logout(global: boolean): Promise<void> {
    generation++;
    const last = current();
    const tokens = last?.tokens();
    end(true);
    if (global && tokens) await last?.signOutEverywhere(tokens);
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

  function end(forget: boolean): void {
    for (const login of session?.logins ?? []) endedLogins.add(login);
    session?.end({ forget });
    session = undefined;
  }

  return { pool, current, isOfEndedSession, login, logout, call, waitFor };
}
