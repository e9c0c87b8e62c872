/**
 * Tokens with AWS's claims. cognito-local's own lack `origin_jti`, without which the client library never revokes, read
 * `email_verified: "false"` as true, and are signed with a key that anyone can download; hence a key of our own.
 */
import { createPublicKey, generateKeyPair, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AwsJsonError } from '../http/index.js';
import type { Clock } from '../options/index.js';
import { isAttributeName } from './attributes.js';
import { notAuthorized } from './errors.js';
import type { StoredUser } from './storedUser.js';
import type { JsonWebKeySet } from './types.js';
import { idOf } from './users.js';

/** The tokens of a login, as `AuthenticationResult` has them. A refresh gives no new refresh token. */
export interface IssuedTokens {
  AccessToken: string;
  IdToken: string;
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

/** All claims that are looked at before an access token is trusted. */
interface SignedClaims extends AccessClaims {
  readonly token_use: string;
  readonly iss: string;
  readonly origin_jti: string;
  readonly exp: number;
}

/** What a pool's tokens are made with. */
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
  renew(user: StoredUser, groups: readonly string[]): IssuedTokens;
}

/** One login: everything that its refresh token leads to shares its `origin_jti`. */
interface Login {
  readonly username: string;
  readonly sub: string;
  readonly clientId: string;
  readonly originJti: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  revoked: boolean;
}

const MOST_LOGINS = 20_000;

/** A new RSA key of 2048 bits. */
export async function createSigningKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
}

/** Issues, checks and revokes the tokens of one pool. */
export class TokenIssuer {
  readonly #settings: TokenSettings;
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #keyId = randomBytes(32).toString('base64');
  readonly #byRefreshToken = new Map<string, Login>();
  readonly #byOrigin = new Map<string, Login>();

  /** @param key From {@link createSigningKey}. */
  constructor(key: KeyObject, settings: TokenSettings) {
    this.#settings = settings;
    this.#key = key;
    this.#publicKey = createPublicKey(key);
  }

  /** The public key, as `/.well-known/jwks.json` serves it. */
  jwks(): JsonWebKeySet {
    const key = this.#publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kty: 'RSA', alg: 'RS256', use: 'sig', kid: this.#keyId }] };
  }

  /** The tokens of a new login. */
  issue(user: StoredUser, groups: readonly string[], clientId: string): IssuedTokens {
    const login: Login = {
      username: user.Username,
      sub: idOf(user),
      clientId,
      originJti: randomUUID(),
      authTime: this.#seconds(),
      revoked: false,
    };
    const refreshToken = randomBytes(900).toString('base64url');
    this.#forgetOld();
    this.#byRefreshToken.set(refreshToken, login);
    this.#byOrigin.set(login.originJti, login);
    return { ...this.#tokens(user, groups, login), RefreshToken: refreshToken };
  }

  /**
   * Finds who a refresh token belongs to.
   *
   * @throws AwsJsonError NotAuthorizedException when it is unknown, expired, revoked or another client's
   */
  readRefreshToken(token: string, clientId: string): RefreshableLogin {
    const login = this.#byRefreshToken.get(token);
    if (login?.clientId !== clientId) throw notAuthorized('Invalid Refresh Token');
    if (login.revoked) throw notAuthorized('Refresh Token has been revoked');
    if (this.#seconds() >= login.authTime + this.#settings.refreshTokenLifetimeSeconds) {
      throw notAuthorized('Refresh Token has expired');
    }
    return { username: login.username, sub: login.sub, renew: (user, groups) => this.#tokens(user, groups, login) };
  }

  /**
   * Checks an access token: ours, not expired, not revoked.
   *
   * @throws AwsJsonError NotAuthorizedException in AWS's words
   */
  readAccessToken(token: string): AccessClaims {
    const claims = this.#verified(token);
    if (claims?.token_use !== 'access' || claims.iss !== this.#settings.issuer) {
      throw notAuthorized('Invalid Access Token');
    }
    if (this.#seconds() >= claims.exp) throw notAuthorized('Access Token has expired');
    if (this.#byOrigin.get(claims.origin_jti)?.revoked !== false) {
      throw notAuthorized('Access Token has been revoked');
    }
    return claims;
  }

  /**
   * Revokes a refresh token and the access tokens that came of it. Unknown tokens are no error (RFC 7009, section 2.2).
   *
   * @throws AwsJsonError UnauthorizedException when it is another client's, UnsupportedTokenTypeException when it is
   * no refresh token
   */
  revoke(token: string, clientId: string): void {
    if (this.#verified(token) !== undefined) {
      throw new AwsJsonError('UnsupportedTokenTypeException', 'Unsupported token type');
    }
    const login = this.#byRefreshToken.get(token);
    if (login === undefined) return;
    if (login.clientId !== clientId) throw new AwsJsonError('UnauthorizedException', 'Invalid client');
    login.revoked = true;
  }

  /** Revokes every refresh and access token of the user with this `sub`. */
  revokeAll(sub: string): void {
    for (const login of this.#byRefreshToken.values()) {
      if (login.sub === sub) login.revoked = true;
    }
  }

  #tokens(user: StoredUser, groups: readonly string[], login: Login): IssuedTokens {
    const claims = user.Attributes.filter(({ Name }) => isAttributeName(Name));
    const attributes = Object.fromEntries(claims.map(({ Name, Value }) => [Name, Value]));
    const now = this.#seconds();
    const common = {
      sub: login.sub,
      ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
      iss: this.#settings.issuer,
      origin_jti: login.originJti,
      event_id: randomUUID(),
      auth_time: login.authTime,
      exp: now + this.#settings.tokenLifetimeSeconds,
      iat: now,
    };
    return {
      AccessToken: this.#sign({
        ...common,
        client_id: login.clientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        jti: randomUUID(),
        username: user.Username,
      }),
      IdToken: this.#sign({
        ...attributes,
        ...('email' in attributes ? { email_verified: attributes.email_verified === 'true' } : {}),
        ...('phone_number' in attributes ? { phone_number_verified: attributes.phone_number_verified === 'true' } : {}),
        ...common,
        'cognito:username': user.Username,
        aud: login.clientId,
        token_use: 'id',
        jti: randomUUID(),
      }),
      TokenType: 'Bearer',
      ExpiresIn: this.#settings.tokenLifetimeSeconds,
    };
  }

  #sign(claims: object): string {
    const input = `${base64url({ kid: this.#keyId, alg: 'RS256' })}.${base64url(claims)}`;
    return `${input}.${sign('RSA-SHA256', Buffer.from(input), this.#key).toString('base64url')}`;
  }

  #verified(token: string): SignedClaims | undefined {
    const [head, body, signature, more] = token.split('.');
    if (head === undefined || body === undefined || signature === undefined || more !== undefined) return undefined;
    const input = Buffer.from(`${head}.${body}`);
    if (!verify('RSA-SHA256', input, this.#publicKey, Buffer.from(signature, 'base64url'))) return undefined;
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as SignedClaims;
  }

  /** Drops logins whose tokens have all expired; they stand in the order of their age. */
  #forgetOld(): void {
    const lifetime = Math.max(this.#settings.refreshTokenLifetimeSeconds, this.#settings.tokenLifetimeSeconds);
    for (const [token, login] of this.#byRefreshToken) {
      // The access token of a last-second refresh outlives the refresh token, hence the second lifetime.
      const old = this.#seconds() > login.authTime + lifetime + this.#settings.tokenLifetimeSeconds;
      if (!old && this.#byRefreshToken.size < MOST_LOGINS) break;
      this.#byRefreshToken.delete(token);
      this.#byOrigin.delete(login.originJti);
    }
  }

  #seconds(): number {
    return Math.floor(this.#settings.now().getTime() / 1000);
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
