/** The time by the user pool's clock, and which tokens are fresh by it. */
import { NOTABLE_DRIFT } from '../../util/index.js';
import type { StoredSession } from './storedSession.js';
import { areFresh } from './tokens.js';
import type { Tokens } from './tokens.js';

/** The clock of a session. */
export interface SessionClock {
  /** The time in milliseconds: by the app's clock, or by the device's, corrected by what the last new tokens told. */
  readonly now: () => number;
  /** Whether tokens surely do not expire shortly: `isFresh` says so, and the device's clock is known to be right or corrected. */
  readonly isSureOf: (tokens: Tokens) => boolean;
  /** Whether tokens do not expire shortly by this clock. */
  readonly isFresh: (tokens: Tokens) => boolean;
  /** Called once new tokens are stored, and the device's drift with them. */
  readonly driftFound: () => void;
}

/**
 * Makes the clock of a session.
 * @param stored The session's stored values.
 * @param appsClock The app's clock; `undefined` for the device's own.
 * @param isNew Whether a login has just found how far the device's clock is off.
 */
export function createSessionClock(
  stored: StoredSession,
  appsClock: (() => number) | undefined,
  isNew: boolean,
): SessionClock {
  /** Whether the drift was found since the page was loaded. A stored drift is wrong where the clock was corrected since. */
  let isDriftFound = isNew;

  /** How many milliseconds the device's clock is ahead, as the last login or renewal found it; it is stored in seconds. */
  const drift = (): number => (Number(stored.read('clockDrift')) || 0) * 1000;

  const now = (): number => appsClock?.() ?? Date.now() - drift();

  const isFresh = (tokens: Tokens): boolean => areFresh(tokens, now() / 1000, appsClock !== undefined);

  return {
    now,
    isFresh,
    isSureOf: (tokens) =>
      (isDriftFound || appsClock !== undefined || Math.abs(drift()) <= NOTABLE_DRIFT) && isFresh(tokens),
    driftFound() {
      isDriftFound = true;
    },
  };
}
