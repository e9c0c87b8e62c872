/** One user's session, from login to logout, whose tokens are renewed in time. */
import { AuthError } from '../../errors.js';
import { NOTABLE_DRIFT, singleFlight } from '../../util/index.js';
import { callAws, hasCode, ServiceError, toAuthError, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import { withLock } from './lock.js';
import type { LoginClient, PoolUser } from './loginClient.js';
import { createRefresh } from './refreshTokens.js';
import { areFresh, loginOf, subjectOf } from './tokens.js';
import type { Tokens } from './tokens.js';
import { sessionKeys } from './userStorage.js';
import type { SessionItem, UserStorage } from './userStorage.js';

/** One user's session. Tokens are read from the storage each time, since another tab may have renewed them. */
export interface UserSession<User extends PoolUser = PoolUser> {
  /** The user, as the app gets it. */
  readonly user: User;
  /** The pool's own name of the user. */
  readonly username: string;
  /** The user's permanent id, the `sub` of the tokens. */
  readonly subject: string | undefined;
  /** The ids of the logins that its tokens come from: several where another tab has logged the same user in again. */
  readonly logins: ReadonlySet<string | undefined>;
  /**
   * Looks at what another tab may have stored. The session ends if that belongs to another user: one of another name, or a new account
   * under the same name, which has another `sub`.
   * @returns Whether the session goes on.
   * @throws AuthError `StorageFailed`, as all members do that read the tokens
   */
  readonly syncWithStorage: () => boolean;
  /** The time by the user pool's clock, which the times in the tokens tell. */
  readonly now: () => number;
  /** The tokens as they are stored, however old. */
  readonly tokens: () => Tokens | undefined;
  /**
   * Tokens that do not expire shortly. Calls that come while tokens are being renewed share the result.
   * @param options `renew: true` gets new ones in any case.
   * @throws AuthError `SessionExpired` where the refresh token no longer works; `SessionChanged` after a logout.
   */
  readonly validTokens: (options?: { renew?: boolean }) => Promise<Tokens>;
  /** Makes every refresh and access token of the user invalid, on all devices. */
  readonly signOutEverywhere: (tokens: Tokens) => Promise<void>;
  /**
   * Ends the session: nothing is renewed or stored any more. With `forget`, its stored values are removed.
   * @returns The storage's error where it failed. The session has ended even so.
   */
  readonly end: (options?: { forget?: boolean; reason?: AuthError }) => AuthError | undefined;
  /** @throws AuthError `SessionChanged` once the session has ended, here or in another tab. */
  readonly assertCurrent: () => void;
}

/** How a session has ended. */
export interface SessionEnd {
  /** Whether it ended here, and not in another tab or instance. */
  readonly isHere: boolean;
  /** Why the user pool has ended it; `undefined` where it was a logout or another login. */
  readonly reason?: AuthError | undefined;
}

/** Options of a session. */
export interface UserSessionOptions<User extends PoolUser = PoolUser> extends CallOptions {
  /** The client that logs users in. */
  readonly client: LoginClient<User>;
  /** The app's clock; `undefined` for the device's own, corrected by the times in the tokens. */
  readonly now: (() => number) | undefined;
  /** Called once the session has ended. */
  readonly onEnd: (session: UserSession<User>, how: SessionEnd) => void;
  /** Called once new tokens are stored. */
  readonly onRenewal: () => void;
  /** Waits until every write has reached the storage; `undefined` where nothing has to be waited for. */
  readonly flush: () => Promise<AuthError | undefined> | undefined;
}

/**
 * Opens a user's session.
 * @param user The user, as the app gets it.
 * @param view The user's view of the storage, where the tokens are.
 * @param config The user pool.
 * @param options How to call it.
 * @param isNew Whether a login has just opened it.
 */
export function openSession<User extends PoolUser>(
  user: User,
  view: UserStorage,
  config: UserPoolConfig,
  options: UserSessionOptions<User>,
  isNew = false,
): UserSession<User> {
  const { clientId, endpoint } = config;
  const username = user.getUsername();
  const refresh = createRefresh(config, options);
  const read = (item: SessionItem) => view.getItem(sessionKeys(clientId).of(username, item));
  /** The stored ID token that was last found to be this user's: comparing with it saves decoding. */
  let lastSeen = read('idToken');
  let subject = subjectOf(lastSeen);
  const logins = new Set([loginOf(lastSeen)]);
  let ended = false;
  /** Whether the clock's drift was found since the page was loaded; the clock may have been corrected since a stored one was. */
  let isDriftFound = isNew;

  function syncWithStorage(): boolean {
    if (ended) return false;
    const idToken = view.isCurrent() ? read('idToken') : undefined;
    if (idToken === undefined || (idToken !== null && idToken !== lastSeen && subjectOf(idToken) !== subject)) {
      end();
      return false;
    }
    if (idToken !== null && idToken !== lastSeen) {
      lastSeen = idToken;
      logins.add(loginOf(idToken));
    }
    return true;
  }

  /** How many milliseconds the device's clock is ahead, as the last login or renewal found it; it is stored in seconds. */
  const drift = (): number => (Number(read('clockDrift')) || 0) * 1000;

  const now = (): number => options.now?.() ?? Date.now() - drift();

  function tokens(): Tokens | undefined {
    const [idToken, accessToken] = [read('idToken'), read('accessToken')];
    if (idToken === null || accessToken === null) return undefined;
    return { idToken, accessToken, refreshToken: read('refreshToken') ?? '' };
  }

  async function validTokens({ renew = false } = {}): Promise<Tokens> {
    assertCurrent();
    const stored = tokens();
    const isTimeKnown = isDriftFound || options.now !== undefined || Math.abs(drift()) <= NOTABLE_DRIFT;
    const valid = stored && !renew && isTimeKnown && isFresh(stored) ? stored : await renewShared();
    assertCurrent();
    return valid;
  }

  /** @param refused The ID token that is no longer wanted; another tab may have stored a good one since. */
  async function renew(refused: string | undefined): Promise<Tokens> {
    assertCurrent();
    const stored = tokens();
    if (stored && stored.idToken !== refused && isFresh(stored)) return stored;
    const refreshToken = read('refreshToken'); // enough by itself where the other tokens could not be stored
    if (!refreshToken) throw new AuthError('SessionExpired', 'The session of the user has ended. Log in again.');
    try {
      const renewed = await refresh(refreshToken, read('deviceKey'));
      assertCurrent();
      // The subject is not known where the stored ID token was damaged.
      if (subject === undefined) [lastSeen, subject] = [renewed.idToken, subjectOf(renewed.idToken)];
      view.writeAsCurrent(() => {
        options.client.store(user, view, renewed);
      });
      isDriftFound = true;
      options.onRenewal();
      await options.flush(); // a failure does not matter: the tokens are in memory
      return renewed;
    } catch (error) {
      const reason = expiryIn(error, 'Renewing the session', refreshToken);
      assertCurrent(); // `end` below must not remove what another user has stored meanwhile
      if (read('refreshToken') !== refreshToken) return renew(stored?.idToken); // another tab has renewed it, or logged in again
      end({ forget: true, reason });
      throw reason;
    }
  }

  const renewShared = singleFlight(async () => {
    const refused = tokens()?.idToken;
    return withLock(`sigv4-client ${clientId} ${username}`, () => renew(refused));
  });

  async function signOutEverywhere({ accessToken, refreshToken }: Tokens): Promise<void> {
    const signOut = (token: string) =>
      callAws(endpoint, USER_POOL_SERVICE + 'GlobalSignOut', { AccessToken: token }, options);
    try {
      await signOut(accessToken).catch(async (error: unknown) => {
        if (!(error instanceof ServiceError) || error.code !== 'NotAuthorizedException') throw error;
        await signOut((await refresh(refreshToken, read('deviceKey'))).accessToken); // the access token had expired
      });
    } catch (error) {
      expiryIn(error, 'Signing out everywhere', refreshToken); // the tokens are invalid already
    }
  }

  /** The error of a session that the pool has ended. Any other failure is thrown. */
  function expiryIn(error: unknown, doing: string, refreshToken: string): AuthError {
    const reason = toAuthError(error, { service: 'user pool', doing, endpoint, secrets: [refreshToken] });
    if (hasCode(reason, 'SessionExpired')) return reason;
    throw reason;
  }

  function isFresh(given: Tokens): boolean {
    return areFresh(given, now() / 1000, options.now !== undefined);
  }

  function end({ forget = false, reason }: Parameters<UserSession['end']>[0] = {}): AuthError | undefined {
    if (ended) return undefined;
    ended = true;
    const failure = forget ? view.forget() : undefined;
    view.close();
    if (forget) options.client.forget(user);
    options.onEnd(session, { isHere: forget, reason });
    return failure;
  }

  function assertCurrent(): void {
    if (!syncWithStorage()) throw sessionChanged();
  }

  const session: UserSession<User> = {
    user,
    username,
    get subject() {
      return subject;
    },
    logins,
    syncWithStorage,
    now,
    tokens,
    validTokens,
    signOutEverywhere,
    end,
    assertCurrent,
  };
  return session;
}

/** The error of calls that a logout or another login has overtaken. */
export function sessionChanged(): AuthError {
  return new AuthError(
    'SessionChanged',
    'The user logged out, or another one logged in, while this call was under way. It was not sent; repeat it if it is still wanted.',
  );
}
