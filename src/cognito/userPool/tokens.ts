/** A user's tokens: what they say, unchecked (whoever gets them checks them), and whether they are good for a while yet. */
import {
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { claimsOf } from '../shared/index.js';

/** A user's tokens. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Tokens are renewed when a tenth of their lifetime, at most this many seconds, is left. */
const RENEW_BEFORE = 60;

/** A token was issued before now, but for this many seconds. */
const CLOCK_TOLERANCE = 300;

/**
 * Whose token it is.
 * @param token A JWT.
 * @returns Its `sub`, unchecked; undefined where it has none.
 */
export function subjectOf(token: string | null): string | undefined {
  const { sub } = claimsOf(token ?? '');
  return typeof sub === 'string' ? sub : undefined;
}

/**
 * Which login a token comes from. Renewed tokens come from the same login as those before them.
 * @param token A JWT.
 * @returns The same text for all tokens of a login; undefined where it has none.
 */
export function loginOf(token: string | null): string | undefined {
  const { sub, origin_jti: origin, auth_time: since } = claimsOf(token ?? '');
  return typeof sub === 'string' ? `${sub} ${String(origin ?? since)}` : undefined;
}

/**
 * Whether tokens are good for a while yet.
 * @param tokens The tokens.
 * @param now The time, in seconds since 1970.
 * @param isAppsClock Whether the time is by a clock of the app's own, which is what the app wants it to be.
 */
export function areFresh({ idToken, accessToken }: Tokens, now: number, isAppsClock: boolean): boolean {
  return [idToken, accessToken].every((token) => {
    const { exp, iat } = claimsOf(token);
    // The device's clock was corrected after the login, so its drift as stored at the login misleads now.
    const isClockBehind = !isAppsClock && now < Number(iat) - CLOCK_TOLERANCE;
    return !isClockBehind && Number(exp) - now > Math.min(RENEW_BEFORE, (Number(exp) - Number(iat)) / 10);
  });
}

/**
 * Tokens in the library's form, which takes them for new, and works out from them how far off the clock is.
 * @param tokens Tokens that have just been issued.
 */
export function librarySession({ idToken, accessToken, refreshToken }: Tokens): CognitoUserSession {
  return new CognitoUserSession({
    IdToken: new CognitoIdToken({ IdToken: idToken }),
    AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
    RefreshToken: new CognitoRefreshToken({ RefreshToken: refreshToken }),
  });
}
