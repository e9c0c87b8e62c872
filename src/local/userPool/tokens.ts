/** Logins and their tokens, with AWS's claims: issued, renewed, rotated, revoked. */
import { randomBytes, randomUUID } from 'node:crypto';
import { AwsJsonError } from '../http/index.js';
import type { JsonWebKeySet } from '../http/index.js';
import { isAttributeName } from './attributes.js';
import { notAuthorized } from './errors.js';
import type { JwtSigner, KeptKey } from './jwt.js';
import { roleClaims } from './roleClaims.js';
import type { StoredGroup, StoredUser } from './stored.js';
import type { AccessClaims, IssuedTokens, KeptLogin, RefreshableLogin, TokenSettings } from './tokenTypes.js';
import { idOf } from './users.js';

/** All claims that are looked at before an access token is trusted. */
interface SignedClaims extends AccessClaims {
  readonly token_use: string;
  readonly iss: string;
  readonly origin_jti: string;
  readonly exp: number;
}

const MOST_LOGINS = 20_000;
/** How many refresh tokens of one login are kept: more than an app rotates in a month if it does so every hour. */
const MOST_REFRESH_TOKENS = 1000;

/** Issues, checks and revokes the tokens of one pool. */
export class TokenIssuer {
  readonly #settings: TokenSettings;
  readonly #signer: JwtSigner;
  readonly #byRefreshToken = new Map<string, KeptLogin>();
  /** The logins by `origin_jti`, the oldest first. */
  readonly #logins = new Map<string, KeptLogin>();

  /**
   * @param signer Signs the tokens.
   * @param settings The settings of the tokens.
   * @param kept Logins that were kept over a restart. Default: none.
   */
  constructor(signer: JwtSigner, settings: TokenSettings, kept: readonly KeptLogin[] = []) {
    this.#settings = settings;
    this.#signer = signer;
    for (const login of kept) {
      this.#logins.set(login.originJti, login);
      for (const token of login.refreshTokens.keys()) this.#byRefreshToken.set(token, login);
    }
  }

  /** The key and the logins, to be kept. */
  kept(): { readonly signer: KeptKey; readonly logins: readonly KeptLogin[] } {
    return { signer: this.#signer.kept(), logins: [...this.#logins.values()] };
  }

  /** The public key, as `/.well-known/jwks.json` serves it. */
  jwks(): JsonWebKeySet {
    return this.#signer.jwks();
  }

  /** The tokens of a new login. */
  issue(user: StoredUser, groups: readonly StoredGroup[], clientId: string): IssuedTokens {
    const login: KeptLogin = {
      username: user.Username,
      sub: idOf(user),
      clientId,
      originJti: randomUUID(),
      authTime: this.#seconds(),
      refreshTokens: new Map(),
      revoked: false,
    };
    this.#forgetOld();
    this.#logins.set(login.originJti, login);
    return { ...this.#tokens(user, groups, login), RefreshToken: this.#newRefreshToken(login) };
  }

  /**
   * Finds who a refresh token belongs to.
   *
   * @throws AwsJsonError NotAuthorizedException when it is unknown, expired, revoked or another client's,
   *   RefreshTokenReuseException when it was rotated out
   */
  readRefreshToken(token: string, clientId: string): RefreshableLogin {
    const login = this.#byRefreshToken.get(token);
    if (login?.clientId !== clientId) throw notAuthorized('Invalid Refresh Token');
    if (login.revoked) throw notAuthorized('Refresh Token has been revoked');
    const now = this.#seconds();
    if (now >= login.authTime + this.#settings.refreshTokenLifetimeSeconds) {
      throw notAuthorized('Refresh Token has expired');
    }
    const goodUntil = login.refreshTokens.get(token)!;
    if (now >= goodUntil) throw new AwsJsonError('RefreshTokenReuseException', 'Refresh token has been used already');
    return {
      username: login.username,
      sub: login.sub,
      renew: (user, groups, graceSeconds) => {
        const tokens = this.#tokens(user, groups, login);
        if (graceSeconds === undefined) return tokens;
        login.refreshTokens.set(token, Math.min(goodUntil, now + graceSeconds));
        return { ...tokens, RefreshToken: this.#newRefreshToken(login) };
      },
    };
  }

  /** The name of the user whom a refresh token belongs to, however old it is. */
  usernameOf(refreshToken: string): string | undefined {
    return this.#byRefreshToken.get(refreshToken)?.username;
  }

  /**
   * Checks an access token: ours, not expired, not revoked.
   *
   * @throws AwsJsonError NotAuthorizedException in AWS's words
   */
  readAccessToken(token: string): AccessClaims {
    const claims = this.#signer.read(token) as SignedClaims | undefined;
    if (claims?.token_use !== 'access' || claims.iss !== this.#settings.issuer) {
      throw notAuthorized('Invalid Access Token');
    }
    if (this.#seconds() >= claims.exp) throw notAuthorized('Access Token has expired');
    if (this.#logins.get(claims.origin_jti)?.revoked !== false) {
      throw notAuthorized('Access Token has been revoked');
    }
    return claims;
  }

  /**
   * Revokes a refresh token and the tokens that came of it. Unknown tokens are no error (RFC 7009, section 2.2).
   *
   * @throws AwsJsonError UnauthorizedException when it is another client's, UnsupportedTokenTypeException when it is
   * no refresh token
   */
  revoke(token: string, clientId: string): void {
    if (this.#signer.read(token) !== undefined) {
      throw new AwsJsonError('UnsupportedTokenTypeException', 'Unsupported token type');
    }
    const login = this.#byRefreshToken.get(token);
    if (login === undefined) return;
    if (login.clientId !== clientId) throw new AwsJsonError('UnauthorizedException', 'Invalid client');
    login.revoked = true;
  }

  /** Revokes every refresh and access token of the user with this `sub`. */
  revokeAll(sub: string): void {
    for (const login of this.#logins.values()) if (login.sub === sub) login.revoked = true;
  }

  #newRefreshToken(login: KeptLogin): string {
    const token = randomBytes(900).toString('base64url');
    for (const old of [...login.refreshTokens.keys()].slice(0, -MOST_REFRESH_TOKENS)) {
      login.refreshTokens.delete(old);
      this.#byRefreshToken.delete(old);
    }
    login.refreshTokens.set(token, Infinity);
    this.#byRefreshToken.set(token, login);
    return token;
  }

  #tokens(user: StoredUser, groups: readonly StoredGroup[], login: KeptLogin): IssuedTokens {
    const claims = user.Attributes.filter(({ Name }) => isAttributeName(Name));
    const attributes = Object.fromEntries(claims.map(({ Name, Value }) => [Name, Value]));
    const now = this.#seconds();
    const common = {
      sub: login.sub,
      ...(groups.length > 0 ? { 'cognito:groups': groups.map(({ GroupName }) => GroupName) } : {}),
      iss: this.#settings.issuer,
      origin_jti: login.originJti,
      event_id: randomUUID(),
      auth_time: login.authTime,
      exp: now + this.#settings.tokenLifetimeSeconds,
      iat: now,
    };
    return {
      AccessToken: this.#signer.sign({
        ...common,
        client_id: login.clientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        jti: randomUUID(),
        username: user.Username,
      }),
      IdToken: this.#signer.sign({
        ...attributes,
        ...('email' in attributes ? { email_verified: attributes.email_verified === 'true' } : {}),
        ...('phone_number' in attributes ? { phone_number_verified: attributes.phone_number_verified === 'true' } : {}),
        ...common,
        ...roleClaims(groups),
        'cognito:username': user.Username,
        aud: login.clientId,
        token_use: 'id',
        jti: randomUUID(),
      }),
      TokenType: 'Bearer',
      ExpiresIn: this.#settings.tokenLifetimeSeconds,
    };
  }

  /** Drops logins whose tokens have all expired. */
  #forgetOld(): void {
    const lifetime = Math.max(this.#settings.refreshTokenLifetimeSeconds, this.#settings.tokenLifetimeSeconds);
    for (const login of this.#logins.values()) {
      // The access token of a last-second refresh outlives the refresh token, hence the second lifetime.
      const old = this.#seconds() > login.authTime + lifetime + this.#settings.tokenLifetimeSeconds;
      if (!old && this.#logins.size < MOST_LOGINS) break;
      this.#logins.delete(login.originJti);
      for (const token of login.refreshTokens.keys()) this.#byRefreshToken.delete(token);
    }
  }

  #seconds(): number {
    return Math.floor(this.#settings.now().getTime() / 1000);
  }
}
