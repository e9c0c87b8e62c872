/** The tokens of a session, renewed in time: once for all callers and all tabs. */
import { AuthError } from '../../errors.js';
import { singleFlight } from '../../util/index.js';
import { withLock } from './lock.js';
import type { SessionClock } from './sessionClock.js';
import { expiryIn } from './sessionExpiry.js';
import type { StoredSession } from './storedSession.js';
import type { Tokens } from './tokens.js';

/** What a renewal needs of its session. */
export interface RenewableSession {
  /** What the storage holds. */
  readonly stored: StoredSession;
  /** Tells which tokens are fresh. */
  readonly clock: SessionClock;
  /** @throws AuthError `SessionChanged` once the session has ended */
  readonly assertCurrent: () => void;
  /** Trades a refresh token for new tokens. */
  readonly refresh: (refreshToken: string) => Promise<Tokens>;
  /** Stores new tokens. */
  readonly keep: (renewed: Tokens) => Promise<void>;
  /** Ends the session, and removes it from the storage. */
  readonly end: (how: { forget: true; reason: AuthError }) => void;
}

/**
 * Makes the function that gives a session's tokens, and renews them where that is due or asked for.
 * @param session The session.
 * @param endpoint The user pool's endpoint.
 * @param lock The name of the lock that tabs renew under, one after another.
 * @returns The session's `validTokens`. Its calls share a renewal that is under way.
 */
export function createRenewal(
  session: RenewableSession,
  endpoint: string,
  lock: string,
): (options: { renew: boolean }) => Promise<Tokens> {
  const { stored, clock, assertCurrent } = session;

  /**
   * Renews the tokens, unless another tab has done so.
   * @param refused The ID token that is no longer wanted.
   */
  async function renew(refused: string | undefined): Promise<Tokens> {
    assertCurrent();
    const tokens = stored.tokens();
    if (tokens && tokens.idToken !== refused && clock.isFresh(tokens)) return tokens;
    const refreshToken = stored.read('refreshToken'); // enough by itself where the other tokens could not be stored
    if (!refreshToken) throw new AuthError('SessionExpired', 'The session of the user has ended. Log in again.');
    try {
      const renewed = await session.refresh(refreshToken);
      assertCurrent();
      await session.keep(renewed);
      return renewed;
    } catch (error) {
      const reason = expiryIn(error, 'Renewing the session', endpoint, refreshToken);
      assertCurrent(); // `end` below must not remove what another user has stored meanwhile
      // With another refresh token in the storage, another tab has renewed the session, or logged in again.
      if (stored.read('refreshToken') !== refreshToken) return renew(tokens?.idToken);
      session.end({ forget: true, reason });
      throw reason;
    }
  }

  const renewShared = singleFlight(async () => {
    const refused = stored.tokens()?.idToken;
    return withLock(lock, () => renew(refused));
  });

  return async ({ renew: isForced }) => {
    assertCurrent();
    const tokens = stored.tokens();
    const valid = tokens && !isForced && clock.isSureOf(tokens) ? tokens : await renewShared();
    assertCurrent();
    return valid;
  };
}
