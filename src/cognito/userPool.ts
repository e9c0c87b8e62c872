/** The user pool: logging in over SRP, and who is logged in. */
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { AuthError } from '../errors.js';
import { userPoolError } from './authErrors.js';
import type { ErrorContext } from './authErrors.js';
import type { CallOptions } from './awsJson.js';
import { authenticate } from './challenges.js';
import type { LoginCallbacks } from './challenges.js';
import type { UserPoolConfig } from './config.js';
import { sessionKeys, UserStorage } from './storage.js';
import type { TokenStorage } from './storage.js';
import { subjectOf, UserSession } from './userSession.js';
import { withTimeout } from './waiting.js';

/** What a user pool's client works with. */
export interface UserPoolOptions extends CallOptions {
  readonly storage: TokenStorage;
  /** The clock; undefined for the device's own, corrected by what the tokens say of it. */
  readonly now: (() => Date) | undefined;
}

/** One app's door to its user pool. */
export class UserPool {
  readonly config: UserPoolConfig;
  readonly #options: UserPoolOptions;
  readonly #pool: CognitoUserPool;
  readonly #lastUserKey: string;
  #session: UserSession | undefined;
  /** The `sub` of everyone whose stay has ended here. */
  readonly #departed = new Set<string>();
  /** Counts logins and logouts: one that was overtaken by a later one must not take effect. */
  #turn = 0;

  constructor(config: UserPoolConfig, options: UserPoolOptions) {
    this.config = config;
    this.#options = options;
    this.#pool = new CognitoUserPool({
      UserPoolId: config.userPoolId,
      ClientId: config.clientId,
      endpoint: config.endpoint,
      Storage: new UserStorage(options.storage, config.clientId),
    });
    this.#lastUserKey = sessionKeys(config.clientId).lastUser;
  }

  /** The library's pool, for operations that concern no session. */
  get pool(): CognitoUserPool {
    return this.#pool;
  }

  /**
   * The session of the user who is logged in now. The storage decides, so that a login or logout elsewhere (another tab,
   * another instance, `user.signOut()`) ends the session here as well.
   */
  current(): UserSession | undefined {
    const username = this.#options.storage.getItem(this.#lastUserKey) ?? undefined;
    if (this.#session?.username === username && this.#session?.isStored() !== false) return this.#session;
    this.#end(false);
    if (username !== undefined) {
      const view = new UserStorage(this.#options.storage, this.config.clientId, username);
      this.#begin(this.user(username, view), view);
    }
    return this.#session;
  }

  /** Whether a token is one of a user's who was logged in here, and is no more. */
  isOfDeparted(token: string): boolean {
    return this.#departed.has(subjectOf(token) ?? '') && this.current()?.subject !== subjectOf(token);
  }

  /** A user of the pool, who need not be logged in. */
  user(username: string, storage = new UserStorage(this.#options.storage, this.config.clientId)): CognitoUser {
    return new CognitoUser({ Username: username, Pool: this.#pool, Storage: storage });
  }

  /** Logs a user in. Whoever was logged in before stays so until this succeeds. */
  async login(username: string, password: string, callbacks: LoginCallbacks = {}): Promise<UserSession> {
    const turn = ++this.#turn;
    const view = new UserStorage(this.#options.storage, this.config.clientId);
    const user = this.user(username, view);
    const secrets = [password];
    if (callbacks.customChallenge) user.setAuthenticationFlowType('CUSTOM_AUTH');
    await authenticate(
      {
        user,
        callbacks,
        wait: (answer) => this.ask('logging in', answer, secrets),
        keepSecret: (answer) => void secrets.push(answer),
      },
      (handlers) => {
        user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), handlers);
      },
    );
    if (turn !== this.#turn) {
      throw new AuthError('SessionChanged', 'A later login or logout overtook this login, which has no effect.');
    }
    this.current();
    this.#end(true);
    // The pool may know the user by another name than the one typed: the library has taken it over by now.
    view.commit(user.getUsername());
    return this.#begin(user, view, username);
  }

  /** Ends the session here, at once; with `global`, then everywhere. */
  async logout(global: boolean): Promise<void> {
    this.#turn++;
    const session = this.current();
    const tokens = session?.tokens();
    this.#end(true);
    if (global && session && tokens) await session.signOutEverywhere(tokens);
  }

  /** Waits for the library, but not for ever, and turns what it throws into an `AuthError`. */
  async ask<T>(doing: string, answer: Promise<T>, secrets: readonly (string | undefined)[] = []): Promise<T> {
    try {
      return await withTimeout(answer, this.#options.timeout);
    } catch (error) {
      throw await userPoolError(error, this.context(doing, secrets));
    }
  }

  /** What an error message says of this pool. */
  context(doing: string, secrets: readonly (string | undefined)[] = []): ErrorContext {
    return { doing, endpoint: this.config.endpoint, setting: 'cognito.USER_POOL_ENDPOINT', secrets };
  }

  #begin(user: CognitoUser, view: UserStorage, alias?: string): UserSession {
    this.#session = new UserSession(user, view, this.config, this.#options, alias);
    return this.#session;
  }

  #end(forget: boolean): void {
    if (this.#session?.subject !== undefined) this.#departed.add(this.#session.subject);
    this.#session?.end({ forget });
    this.#session = undefined;
  }
}
