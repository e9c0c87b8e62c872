/** The user pool: logging in over SRP, and who is logged in. */
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { AuthError } from '../errors.js';
import { authError } from './authErrors.js';
import { callOnce, USER_POOL_SERVICE } from './awsJson.js';
import { authenticate } from './challenges.js';
import type { LoginCallbacks } from './challenges.js';
import type { UserPoolConfig } from './config.js';
import { roomyStorage, sessionKeys, userStorage } from './storage.js';
import type { TokenStorage } from './storage.js';
import { loginOf, subjectOf, userSession } from './userSession.js';
import type { UserSession, UserSessionOptions } from './userSession.js';
import { withTimeout } from '../util/index.js';

/** What a user pool's client works with. */
export interface UserPoolOptions extends UserSessionOptions {
  readonly storage: TokenStorage;
}

/** One app's door to its user pool. */
export interface UserPool {
  /**
   * The session of the user who is logged in now. The storage decides, so that a login or logout elsewhere (another tab,
   * another instance, `user.signOut()`) ends the session here as well.
   */
  readonly current: () => UserSession | undefined;
  /** Whether a token is one of a user's who was logged in here, and is no more. */
  readonly isOfDeparted: (token: string) => boolean;
  /** Logs a user in. Whoever was logged in before stays so until this succeeds. */
  readonly login: (username: string, password: string, callbacks?: LoginCallbacks) => Promise<UserSession>;
  /** Ends the session here, at once; with `global`, then everywhere. */
  readonly logout: (global: boolean) => Promise<void>;
  /** The library's pool. */
  readonly pool: CognitoUserPool;
  /** Asks for an operation, once. */
  readonly call: (operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Waits for an answer, but not for ever, and turns what is thrown into an `AuthError`. */
  readonly ask: <T>(doing: string, answer: Promise<T>, secrets?: readonly string[]) => Promise<T>;
}

/**
 * A user pool's client.
 * @param config The user pool.
 * @param options How to call it, and where the session is kept.
 */
export function userPool(config: UserPoolConfig, options: UserPoolOptions): UserPool {
  const { clientId, endpoint, userPoolId } = config;
  const { timeout } = options;
  const storage = roomyStorage(options.storage);
  const view = (username?: string) => userStorage(storage, clientId, username);
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, Storage: view() });
  let session: UserSession | undefined;
  /** The logins of every stay that has ended here. */
  const departed = new Set<string | undefined>();
  /** Counts logins and logouts: one that was overtaken by a later one must not take effect. */
  let turn = 0;

  function current(): UserSession | undefined {
    const username = storage.getItem(sessionKeys(clientId).lastUser) ?? undefined;
    if (session?.username === username && session?.isStored() !== false) return session;
    end(false);
    if (username !== undefined) {
      const mine = view(username);
      session = userSession(user(username, mine), mine, config, options);
    }
    return session;
  }

  function isOfDeparted(token: string): boolean {
    const login = loginOf(token);
    return login !== undefined && departed.has(login) && current()?.subject !== subjectOf(token);
  }

  function user(username: string, Storage = view()): CognitoUser {
    return new CognitoUser({ Username: username, Pool: pool, Storage });
  }

  async function login(username: string, password: string, callbacks: LoginCallbacks = {}): Promise<UserSession> {
    if (!username) throw new AuthError('InvalidInput', 'username: expected a name or an alias, got none');
    const mine = ++turn;
    const assertNewest = () => {
      if (mine === turn) return;
      throw new AuthError('SessionChanged', 'A later login or logout overtook this login, which has no effect.');
    };
    const waiting = view();
    const one = user(username, waiting);
    const secrets = [password];
    if (callbacks.customChallenge) one.setAuthenticationFlowType('CUSTOM_AUTH');
    await authenticate(
      {
        user: one,
        callbacks,
        wait: (answer) => ask('Logging in', answer, secrets),
        keepSecret(answer) {
          assertNewest(); // a new password would have an effect
          secrets.push(answer);
        },
      },
      (handlers) => {
        one.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), handlers);
      },
    );
    assertNewest();
    current();
    end(true);
    // The pool may know the user by another name than the one typed: the library has taken it over by now.
    waiting.commit(one.getUsername());
    return (session = userSession(one, waiting, config, options, username));
  }

  async function logout(global: boolean): Promise<void> {
    turn++;
    const last = current();
    const tokens = last?.tokens();
    end(true);
    if (global && tokens) await last?.signOutEverywhere(tokens);
  }

  function call(operation: string, input: object): Promise<Record<string, unknown>> {
    return callOnce(endpoint, USER_POOL_SERVICE + operation, input, options);
  }

  async function ask<T>(doing: string, answer: Promise<T>, secrets: readonly string[] = []): Promise<T> {
    try {
      return await withTimeout(answer, timeout);
    } catch (error) {
      throw await authError(error, 'user pool', doing, endpoint, secrets);
    }
  }

  function end(forget: boolean): void {
    for (const login of session?.logins ?? []) departed.add(login);
    session?.end({ forget });
    session = undefined;
  }

  return { pool, current, isOfDeparted, login, logout, call, ask };
}
