/** The types of a pool's tokens: their settings, the tokens themselves, and how logins are kept. */
import type { Clock } from '../options/index.js';
import type { StoredGroup, StoredUser } from './stored.js';

/** The tokens of a login, as `AuthenticationResult` has them. */
export interface IssuedTokens {
  AccessToken: string;
  IdToken: string;
  /** Not there where a refresh leaves the refresh token as it is. */
  RefreshToken?: string;
  TokenType: 'Bearer';
  /** How long the ID and access tokens are good, in seconds. */
  ExpiresIn: number;
}

/** The claims of an access token that its user is found by. */
export interface AccessClaims {
  readonly sub: string;
  readonly username: string;
  readonly client_id: string;
}

/** The settings of a pool's tokens. */
export interface TokenSettings {
  readonly issuer: string;
  /** Lifetime of ID and access tokens. */
  readonly tokenLifetimeSeconds: number;
  /** Lifetime of refresh tokens. */
  readonly refreshTokenLifetimeSeconds: number;
  readonly now: Clock;
}

/** Who a refresh token belongs to, and how to get new tokens for them. */
export interface RefreshableLogin {
  readonly username: string;
  /** Tells the user from another one who was made anew under the same name. */
  readonly sub: string;
  /**
   * Gives new tokens.
   * @param graceSeconds Where refresh tokens are rotated: how long the present one stays good beside the new one.
   */
  renew(user: StoredUser, groups: readonly StoredGroup[], graceSeconds?: number): IssuedTokens;
}

/** One login: everything that its refresh tokens lead to shares its `origin_jti`. */
export interface KeptLogin {
  readonly username: string;
  readonly sub: string;
  readonly clientId: string;
  readonly originJti: string;
  /** Seconds since 1970. Rotation does not make a login last longer. */
  readonly authTime: number;
  /** Until when each refresh token is good, in seconds since 1970: rotation has given it an end. */
  readonly refreshTokens: Map<string, number>;
  revoked: boolean;
}
