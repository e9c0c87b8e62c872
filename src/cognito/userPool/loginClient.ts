/** How a login goes back and forth: what the two entries do differently, and nothing else. */
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { AuthFlow, MfaKind } from './challenges.js';
import type { Tokens } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** A user of a pool, as an app gets it. */
export interface PoolUser {
  /** The pool's own name of the user. */
  getUsername(): string;
}

/** What the user pool asks for. */
export interface Challenge {
  /** Cognito's name of it. */
  readonly name: string;
  /** What the pool says of it, `ChallengeParameters`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `AvailableChallenges`: what the user can begin with. */
  readonly available?: readonly string[];
}

/** What answers a challenge, by Cognito's names. */
export interface Reply {
  /** The challenge's name. */
  readonly name: string;
  /** `ChallengeResponses`, without the user's name. */
  readonly responses: Readonly<Record<string, string>>;
}

/** What came back when something was sent to the user pool: the user, whose tokens the view holds, or a challenge. */
export type Outcome<User> = { readonly user: User } | Challenge;

/** One login. */
export interface LoginAttempt<User> {
  /** The second factors that it can go through. */
  readonly factors: readonly MfaKind[];
  /** Sends the name, and proves the password. */
  readonly begin: (password: string | undefined, flow: AuthFlow) => Promise<Outcome<User>>;
  /** Answers a challenge. */
  readonly answer: (reply: Reply) => Promise<Outcome<User>>;
  /** For the challenge `MFA_SETUP`: the shared secret for an authenticator app, in base32. */
  readonly associateSoftwareToken: () => Promise<string>;
  /** Proves, with the first code, that the app has the secret. */
  readonly verifySoftwareToken: (code: string) => Promise<Outcome<User>>;
  /** The pool's own name of the user, once it has told it; until then, the one that was typed. */
  readonly username: () => string;
}

/** What logs users in. */
export interface LoginClient<User extends PoolUser> {
  /** The flows that an app may choose among; `CUSTOM_AUTH` follows from the callback `customChallenge`. */
  readonly flows: readonly AuthFlow[];
  /** The user of a view, as an app gets it. */
  readonly createUser: (username: string, view: UserStorage) => User;
  /** Begins a login. What it finds out is written to the view. */
  readonly createAttempt: (username: string, view: UserStorage) => LoginAttempt<User>;
  /** Writes tokens that have just been issued to the user's view. */
  readonly store: (user: User, view: UserStorage, tokens: Tokens) => void;
  /** Takes the tokens from a user who has logged out. */
  readonly forget: (user: User) => void;
}

/** Makes a client of a user pool; the built-in one and the one over amazon-cognito-identity-js have this form. */
export type ConnectUserPool<User extends PoolUser> = (
  config: UserPoolConfig,
  options: CallOptions,
  view: UserStorage,
) => LoginClient<User>;
