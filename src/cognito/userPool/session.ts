/** One user's session, from login to logout: tokens that are renewed in time. */
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { AuthError } from '../../errors.js';
import { singleFlight } from '../../util/index.js';
import { callAws, hasCode, ServiceError, toAuthError, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import { sessionKeys } from './storage.js';
import type { SessionItem, UserStorage } from './storage.js';
import { areFresh, librarySession, loginOf, subjectOf } from './tokens.js';
import type { Tokens } from './tokens.js';

/** One user's session. The tokens are read from the storage each time, since another tab may have renewed them. */
export interface UserSession {
  /** The library's user. */
  readonly user: CognitoUser;
  /** The user's name at the pool. */
  readonly username: string;
  /** The user's permanent id, the `sub` of the tokens. */
  readonly subject: string | undefined;
  /** Which of the user's logins it is; several where another tab has logged the user in anew. */
  readonly logins: ReadonlySet<string | undefined>;
  /** What the user typed to log in, where that was here. */
  readonly alias: string | undefined;
  /**
   * Takes note of tokens that another tab has stored.
   * @returns Whether the session goes on: an account made anew under the same name has another `sub`.
   */
  readonly syncWithStorage: () => boolean;
  /** The time by the services' clock, as far as the tokens tell how far off the device's own is. */
  readonly now: () => Date;
  /** The tokens as they are stored, however old. */
  readonly tokens: () => Tokens | undefined;
  /**
   * Tokens that are good for a while yet.
   * @param options `renew: true` gets new ones even so. Calls that come while tokens are being renewed share the result.
   * @throws AuthError `SessionExpired` where the refresh token no longer works; `SessionChanged` after a logout.
   */
  readonly validTokens: (options?: { renew?: boolean }) => Promise<Tokens>;
  /** Makes every refresh and access token of the user invalid, on all devices. */
  readonly signOutEverywhere: (tokens: Tokens) => Promise<void>;
  /** Ends the session: nothing is renewed or stored any more. With `forget`, what is stored goes as well. */
  readonly end: (options?: { forget?: boolean }) => void;
  /** @throws AuthError `SessionChanged` once the session has ended. */
  readonly assertCurrent: () => void;
}

/** What a session works with. */
export interface UserSessionOptions extends CallOptions {
  /** The clock; undefined for the device's own, corrected by what the tokens say of it. */
  readonly now: (() => Date) | undefined;
}

/**
 * Opens a user's session.
 * @param user The library's user.
 * @param view The user's view of the storage, where the tokens are.
 * @param config The user pool.
 * @param options How to call it.
 * @param alias What the user typed to log in, where that was here.
 */
export function openSession(
  user: CognitoUser,
  view: UserStorage,
  { clientId, endpoint }: UserPoolConfig,
  options: UserSessionOptions,
  alias?: string,
): UserSession {
  const username = user.getUsername();
  const read = (item: SessionItem) => view.getItem(sessionKeys(clientId).of(username, item));
  /** The stored ID token that was last found to be this user's: decoding takes longer than comparing. */
  let lastSeen = read('idToken');
  const subject = subjectOf(lastSeen);
  const logins = new Set([loginOf(lastSeen)]);
  let ended = false;

  function syncWithStorage(): boolean {
    const idToken = read('idToken');
    if (idToken !== null && idToken !== lastSeen) {
      if (subjectOf(idToken) !== subject) return false;
      lastSeen = idToken;
      logins.add(loginOf(idToken));
    }
    return !ended;
  }

  function now(): Date {
    const drift = Number(read('clockDrift')) || 0; // how many seconds the device's clock is ahead, as the library found
    return options.now?.() ?? new Date(Date.now() - drift * 1000);
  }

  function tokens(): Tokens | undefined {
    const [idToken, accessToken] = [read('idToken'), read('accessToken')];
    if (idToken === null || accessToken === null) return undefined;
    return { idToken, accessToken, refreshToken: read('refreshToken') ?? '' };
  }

  async function validTokens({ renew = false } = {}): Promise<Tokens> {
    const stored = ended ? undefined : tokens();
    const valid = stored && !renew && isFresh(stored) ? stored : await renewShared();
    assertCurrent();
    return valid;
  }

  async function renew(): Promise<Tokens> {
    assertCurrent();
    const refreshToken = tokens()?.refreshToken;
    if (!refreshToken) throw new AuthError('SessionExpired', 'The session of the user has ended. Log in again.');
    try {
      const renewed = await requestTokens(refreshToken);
      if (!syncWithStorage()) end();
      assertCurrent();
      user.setSignInUserSession(librarySession(renewed)); // stores them
      return renewed;
    } catch (error) {
      const reason = failed(error, 'Renewing the session', refreshToken);
      if (!hasCode(reason, 'SessionExpired')) throw reason;
      const stored = syncWithStorage() ? tokens() : undefined;
      if (!stored || stored.refreshToken === refreshToken) {
        end({ forget: true });
        throw reason;
      }
      return isFresh(stored) ? stored : renew(); // another tab has renewed them, or logged in anew
    }
  }

  const renewShared = singleFlight(renew);

  /**
   * Trades the refresh token for new tokens. Not through the library: that repeats even a refusal for 6.4 seconds, and
   * stores what comes under the name of whoever is logged in by then.
   */
  async function requestTokens(refreshToken: string): Promise<Tokens> {
    const deviceKey = read('deviceKey');
    const answer = await call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken, ...(deviceKey === null ? {} : { DEVICE_KEY: deviceKey }) },
    });
    const result = (answer.AuthenticationResult ?? {}) as Record<string, unknown>;
    const { IdToken: idToken, AccessToken: accessToken, RefreshToken: next = refreshToken } = result;
    if (typeof idToken !== 'string' || typeof accessToken !== 'string' || typeof next !== 'string') {
      throw new Error('the answer holds no tokens');
    }
    return { idToken, accessToken, refreshToken: next };
  }

  async function signOutEverywhere({ accessToken, refreshToken }: Tokens): Promise<void> {
    const signOut = (token: string) => call('GlobalSignOut', { AccessToken: token });
    try {
      await signOut(accessToken).catch(async (error: unknown) => {
        if (!(error instanceof ServiceError) || error.code !== 'NotAuthorizedException') throw error;
        await signOut((await requestTokens(refreshToken)).accessToken); // that one was too old
      });
    } catch (error) {
      const reason = failed(error, 'Signing out everywhere', refreshToken);
      if (!hasCode(reason, 'SessionExpired')) throw reason; // otherwise that has been done before
    }
  }

  function call(operation: string, input: object): Promise<Record<string, unknown>> {
    return callAws(endpoint, USER_POOL_SERVICE + operation, input, options);
  }

  function failed(error: unknown, doing: string, refreshToken: string): Error {
    return toAuthError(error, { service: 'user pool', doing, endpoint, secrets: [refreshToken] });
  }

  function isFresh(given: Tokens): boolean {
    return areFresh(given, now().getTime() / 1000, options.now !== undefined);
  }

  function end({ forget = false } = {}): void {
    if (ended) return;
    ended = true;
    if (forget) user.signOut();
    view.close();
  }

  function assertCurrent(): void {
    if (ended) throw sessionChanged();
  }

  return {
    user,
    username,
    subject,
    logins,
    alias,
    syncWithStorage,
    now,
    tokens,
    validTokens,
    signOutEverywhere,
    end,
    assertCurrent,
  };
}

/** For calls that a logout or another login has overtaken. */
export function sessionChanged(): AuthError {
  return new AuthError(
    'SessionChanged',
    'The user logged out, or another one logged in, while this call was under way. It was not sent; repeat it if it is still wanted.',
  );
}
