/** The interface between a login and what sends it. The package's two entries implement it differently, and differ in nothing else. */
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { AuthFlow, MfaKind } from './challenges.js';
import type { Tokens } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** A user of a pool, as an app gets it. */
export interface PoolUser {
  /**
   * The user pool's own name of the user, which may be another one than the user has typed.
   * @returns The name, often a UUID.
   * @example
   * const username = getCurrentUser()?.getUsername();
   */
  getUsername(): string;
}

/** A challenge of the user pool. */
export interface Challenge {
  /** Cognito's name of the challenge. */
  readonly name: string;
  /** The answer's `ChallengeParameters`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The answer's `AvailableChallenges`: the factors that the user can log in with. */
  readonly available?: readonly string[];
}

/** The answer to a challenge, by Cognito's names. */
export interface Reply {
  /** Cognito's name of the challenge. */
  readonly name: string;
  /** The `ChallengeResponses`, without the user's name. */
  readonly responses: Readonly<Record<string, string>>;
}

/** The result of a step: the user, whose tokens are then in the view, or a challenge. */
export type Outcome<User> = { readonly user: User } | Challenge;

/** One login. */
export interface LoginAttempt<User> {
  /** The second factors that this client supports. */
  readonly factors: readonly MfaKind[];
  /** Starts the login: sends the name, and proves or sends the password. */
  readonly begin: (password: string | undefined, flow: AuthFlow) => Promise<Outcome<User>>;
  /** Answers a challenge. */
  readonly answer: (reply: Reply) => Promise<Outcome<User>>;
  /** For the challenge `MFA_SETUP`: the shared secret for an authenticator app, in base32. */
  readonly associateSoftwareToken: () => Promise<string>;
  /** Proves by the first code that the authenticator app has the secret. */
  readonly verifySoftwareToken: (code: string) => Promise<Outcome<User>>;
  /** The pool's own name of the user, or the one that was typed while the pool has not told its own. */
  readonly username: () => string;
}

/** A client that logs users in. */
export interface LoginClient<User extends PoolUser> {
  /** The flows that an app may choose by `authFlow`; `CUSTOM_AUTH` is chosen by the callback `customChallenge` instead. */
  readonly flows: readonly AuthFlow[];
  /** Makes the user object that apps get. */
  readonly createUser: (username: string, view: UserStorage) => User;
  /** Prepares a login, which writes tokens and device key to the view. */
  readonly createAttempt: (username: string, view: UserStorage) => LoginAttempt<User>;
  /** Writes tokens that have just been issued to the user's view. */
  readonly store: (user: User, view: UserStorage, tokens: Tokens) => void;
  /** Removes the tokens from the object of a user who has logged out. */
  readonly forget: (user: User) => void;
}

/** Makes a login client for a user pool: `connectUserPool`, or `connectLibrary` over amazon-cognito-identity-js. */
export type ConnectUserPool<User extends PoolUser> = (
  config: UserPoolConfig,
  options: CallOptions,
  view: UserStorage,
) => LoginClient<User>;
