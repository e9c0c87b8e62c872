/** One user's session, from login to logout, whose tokens are renewed in time. */
import { AuthError } from '../../errors.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { LoginClient, PoolUser } from './loginClient.js';
import { createRefresh } from './refreshTokens.js';
import { createRenewal } from './renewal.js';
import { createSessionClock } from './sessionClock.js';
import { createSessionOwner } from './sessionOwner.js';
import { signOutEverywhere } from './signOutEverywhere.js';
import { storedSession } from './storedSession.js';
import type { Tokens } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** One user's session. Tokens are read from the storage each time, since another tab may have renewed them. */
export interface UserSession<User extends PoolUser = PoolUser> {
  /** The user, as the app gets it. */
  readonly user: User;
  /** The pool's own name of the user. */
  readonly username: string;
  /** The user's permanent id, the `sub` of the tokens. */
  readonly subject: string | undefined;
  /** The ids of the logins that the session's tokens come from: several where another tab has logged the same user in again. */
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
  readonly validTokens: (options: { renew: boolean }) => Promise<Tokens>;
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
  isNew: boolean,
): UserSession<User> {
  const { clientId, endpoint } = config;
  const username = user.getUsername();
  const stored = storedSession(view, clientId, username);
  const owner = createSessionOwner(view, stored);
  const clock = createSessionClock(stored, options.now, isNew);
  const trade = createRefresh(config, options);
  const refresh = (refreshToken: string): Promise<Tokens> => trade(refreshToken, stored.read('deviceKey'));
  const renewable = { stored, clock, assertCurrent, refresh, keep, end };
  const validTokens = createRenewal(renewable, endpoint, `sigv4-client ${clientId} ${username}`);
  let ended = false;

  function syncWithStorage(): boolean {
    if (!ended && !owner.isInStorage()) end();
    return !ended;
  }

  function assertCurrent(): void {
    if (!syncWithStorage()) throw sessionChanged();
  }

  async function keep(tokens: Tokens): Promise<void> {
    owner.identifyBy(tokens.idToken);
    view.writeAsCurrent(() => {
      options.client.store(user, view, tokens);
    });
    clock.driftFound();
    options.onRenewal();
    await options.flush(); // a failure does not matter: the tokens are in memory
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

  const session: UserSession<User> = {
    user,
    username,
    get subject() {
      return owner.subject();
    },
    logins: owner.logins,
    syncWithStorage,
    now: clock.now,
    tokens: stored.tokens,
    validTokens,
    signOutEverywhere: (tokens) => signOutEverywhere(tokens, refresh, endpoint, options),
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
