/** One user's stay, from login to logout: tokens that are renewed in time. */
import {
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { AuthError } from '../errors.js';
import { userPoolError } from './authErrors.js';
import { callAws } from './awsJson.js';
import type { CallOptions } from './awsJson.js';
import type { UserPoolConfig } from './config.js';
import { sessionKeys } from './storage.js';
import type { UserStorage } from './storage.js';
import { shared } from './waiting.js';

/** Tokens are renewed when a tenth of their life, at most this many seconds, is left. */
const RENEW_BEFORE = 60;

/** One user's stay. The tokens are read from the storage each time, since another tab may have renewed them. */
export class UserSession {
  readonly user: CognitoUser;
  readonly username: string;
  /** The user's permanent id, the `sub` of the tokens. */
  readonly subject: string | undefined;
  /** What the user typed to log in, where that was here. */
  readonly alias: string | undefined;
  readonly #view: UserStorage;
  readonly #config: UserPoolConfig;
  readonly #options: CallOptions & { readonly now: (() => Date) | undefined };
  readonly #renewShared = shared(() => this.#renew());
  /** The stored ID token that was last found to be this user's: decoding takes longer than comparing. */
  #lastSeen: string | null;
  #ended = false;

  constructor(
    user: CognitoUser,
    view: UserStorage,
    config: UserPoolConfig,
    options: CallOptions & { readonly now: (() => Date) | undefined },
    alias?: string,
  ) {
    this.user = user;
    this.alias = alias;
    this.username = user.getUsername();
    this.#view = view;
    this.#config = config;
    this.#options = options;
    this.#lastSeen = this.#read('idToken');
    this.subject = subjectOf(this.#lastSeen);
  }

  /** Whether the stored tokens are this user's still: an account made anew under the same name has another `sub`. */
  isStored(): boolean {
    const idToken = this.#read('idToken');
    if (idToken === null || idToken === this.#lastSeen) return true;
    if (subjectOf(idToken) !== this.subject) return false;
    this.#lastSeen = idToken;
    return true;
  }

  /** Whether the user has logged out, or another one has logged in. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The time by the services' clock, as far as the tokens tell how far off the device's own is. */
  now(): Date {
    if (this.#options.now) return this.#options.now();
    return new Date(Date.now() - (Number(this.#read('clockDrift')) || 0) * 1000);
  }

  /** The tokens as they are stored, however old. */
  tokens(): CognitoUserSession | undefined {
    const [idToken, accessToken] = [this.#read('idToken'), this.#read('accessToken')];
    if (idToken === null || accessToken === null) return undefined;
    const data = {
      IdToken: new CognitoIdToken({ IdToken: idToken }),
      AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
      RefreshToken: new CognitoRefreshToken({ RefreshToken: this.#read('refreshToken') ?? '' }),
      ClockDrift: Number(this.#read('clockDrift')) || 0,
    };
    return new CognitoUserSession(data);
  }

  /**
   * Tokens that are good for a while yet.
   * @param options `renew: true` gets new ones even so. Calls that come while tokens are being renewed share the result.
   * @throws AuthError `SessionExpired` where the refresh token no longer works; `SessionChanged` after a logout.
   */
  async validTokens(options: { renew?: boolean } = {}): Promise<CognitoUserSession> {
    const tokens = this.#ended ? undefined : this.tokens();
    const valid = tokens && !options.renew && this.#isFresh(tokens) ? tokens : await this.#renewShared();
    this.assertCurrent();
    return valid;
  }

  /** Gives the library's user its tokens, for operations that are done in the user's name. */
  async authorizedUser(): Promise<CognitoUser> {
    this.user.setSignInUserSession(await this.validTokens());
    return this.user;
  }

  /** Makes every refresh and access token of the user invalid, on all devices. */
  async signOutEverywhere(tokens: CognitoUserSession): Promise<void> {
    try {
      const { accessToken } = this.#isFresh(tokens)
        ? { accessToken: tokens.getAccessToken().getJwtToken() }
        : await this.#requestTokens(tokens.getRefreshToken().getToken());
      await this.#call('GlobalSignOut', { AccessToken: accessToken });
    } catch (error) {
      const reason = await this.#authError(error, 'signing out everywhere', tokens);
      if (reason.code !== 'SessionExpired') throw reason; // otherwise that has been done before
    }
  }

  /** Ends the stay: nothing is renewed or stored any more. With `forget`, what is stored goes as well. */
  end({ forget = false } = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    if (forget) this.user.signOut();
    this.#view.close();
  }

  /** @throws AuthError `SessionChanged` after the stay has ended. */
  assertCurrent(): void {
    if (this.#ended) throw sessionChanged();
  }

  async #renew(): Promise<CognitoUserSession> {
    this.assertCurrent();
    const old = this.tokens();
    const refreshToken = old?.getRefreshToken().getToken();
    if (!refreshToken) {
      throw new AuthError('SessionExpired', `The session of the user has ended. Log in again.`);
    }
    try {
      const { idToken, accessToken, newRefreshToken } = await this.#requestTokens(refreshToken);
      const tokens = new CognitoUserSession({
        IdToken: new CognitoIdToken({ IdToken: idToken }),
        AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
        RefreshToken: new CognitoRefreshToken({ RefreshToken: newRefreshToken ?? refreshToken }),
      });
      if (!this.isStored()) this.end();
      this.assertCurrent();
      this.user.setSignInUserSession(tokens); // stores them
      return tokens;
    } catch (error) {
      const reason = await this.#authError(error, 'renewing the session', old);
      if (reason.code === 'SessionExpired') this.end({ forget: true });
      throw reason;
    }
  }

  /**
   * Trades the refresh token for new tokens. Not through the library: that repeats even a refusal for 6.4 seconds, and
   * stores what comes under the name of whoever is logged in by then.
   */
  async #requestTokens(
    refreshToken: string,
  ): Promise<{ idToken: string; accessToken: string; newRefreshToken: string | undefined }> {
    const deviceKey = this.#read('deviceKey');
    const answer = await this.#call('InitiateAuth', {
      ClientId: this.#config.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken, ...(deviceKey === null ? {} : { DEVICE_KEY: deviceKey }) },
    });
    const result = (answer.AuthenticationResult ?? {}) as Record<string, unknown>;
    const { IdToken: idToken, AccessToken: accessToken, RefreshToken: newRefreshToken } = result;
    if (typeof idToken !== 'string' || typeof accessToken !== 'string') throw new Error('the answer holds no tokens');
    return { idToken, accessToken, newRefreshToken: typeof newRefreshToken === 'string' ? newRefreshToken : undefined };
  }

  #call(operation: string, input: object): Promise<Record<string, unknown>> {
    return callAws(this.#config.endpoint, `AWSCognitoIdentityProviderService.${operation}`, input, this.#options);
  }

  #authError(error: unknown, doing: string, tokens: CognitoUserSession | undefined): Promise<AuthError> {
    return userPoolError(error, {
      doing,
      endpoint: this.#config.endpoint,
      setting: 'cognito.USER_POOL_ENDPOINT',
      secrets: [tokens?.getRefreshToken().getToken()],
    });
  }

  #isFresh(tokens: CognitoUserSession): boolean {
    const now = this.now().getTime() / 1000;
    return [tokens.getIdToken(), tokens.getAccessToken()].every((token) => {
      const lifetime = token.getExpiration() - token.getIssuedAt();
      return token.getExpiration() - now > Math.min(RENEW_BEFORE, lifetime / 10);
    });
  }

  #read(item: keyof ReturnType<ReturnType<typeof sessionKeys>['of']>): string | null {
    return this.#view.getItem(sessionKeys(this.#config.clientId).of(this.username)[item]);
  }
}

/** For calls that a logout or another login has overtaken. */
export function sessionChanged(): AuthError {
  return new AuthError(
    'SessionChanged',
    'The user logged out, or another one logged in, while this call was under way. It was not sent; repeat it if it is still wanted.',
  );
}

/** The `sub` of a token, unchecked; undefined where it is none. */
export function subjectOf(token: string | null): string | undefined {
  if (token === null) return undefined;
  const { sub } = new CognitoIdToken({ IdToken: token }).payload as { sub?: unknown };
  return typeof sub === 'string' ? sub : undefined;
}
