/** A user's tokens: their claims, unchecked, since the services check them; whether they expire soon; and how they are stored. */
import { MAX_SKEW } from '../../util/index.js';
import { claimsOf, renewalLead } from '../shared/index.js';
import { sessionKeys } from './userStorage.js';
import type { UserStorage } from './userStorage.js';

/** A user's tokens. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Tokens are renewed this many seconds before they expire, or less where their lifetime is short. */
const RENEW_TOKENS_BEFORE = 60;

/** A token that seems issued more seconds than this in the future shows that the clock is behind. */
const CLOCK_TOLERANCE = MAX_SKEW / 1000;

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
 * The id of the login that a token comes from, which renewed tokens have in common.
 * @param token A JWT.
 * @returns The same text for all tokens of a login; undefined where it has none.
 */
export function loginOf(token: string | null): string | undefined {
  const { sub, origin_jti: origin, auth_time: since } = claimsOf(token ?? '');
  return typeof sub === 'string' ? `${sub} ${String(origin ?? since)}` : undefined;
}

/**
 * Whether tokens need no renewal yet.
 * @param tokens The tokens.
 * @param now The time, in seconds since 1970.
 * @param isAppsClock Whether the time is by a clock of the app's own, which is taken to be right.
 */
export function areFresh({ idToken, accessToken }: Tokens, now: number, isAppsClock: boolean): boolean {
  return [idToken, accessToken].every((token) => {
    const { exp, iat } = claimsOf(token);
    // The device's clock may have been corrected after the login: the drift that was stored at the login is then wrong.
    const isClockBehind = !isAppsClock && now < Number(iat) - CLOCK_TOLERANCE;
    return !isClockBehind && Number(exp) - now > renewalLead(Number(exp) - Number(iat), RENEW_TOKENS_BEFORE);
  });
}

/**
 * Reads the tokens of an answer.
 * @param result The answer's `AuthenticationResult`.
 * @param refreshToken The present refresh token, which stays good where the answer has no other.
 * @throws Error where a token is missing
 */
export function readTokens(result: unknown, refreshToken?: string): Tokens {
  const {
    IdToken: idToken,
    AccessToken: accessToken,
    RefreshToken: next = refreshToken,
  } = Object(result) as Record<string, unknown>;
  if (typeof idToken !== 'string' || typeof accessToken !== 'string' || typeof next !== 'string') {
    throw new Error('the answer holds no tokens');
  }
  return { idToken, accessToken, refreshToken: next };
}

/** The pool's own name of the user, as the ID token states it. */
export function usernameOf({ idToken }: Tokens): string | undefined {
  const name = claimsOf(idToken)['cognito:username'];
  return typeof name === 'string' ? name : undefined;
}

/**
 * Stores tokens as amazon-cognito-identity-js does, so that apps can change from that library and back: together with the number of
 * seconds that the device's clock is ahead.
 * @param view The user's view of the storage.
 * @param clientId The app client's id.
 * @param username The pool's own name of the user.
 * @param tokens Tokens that have just been issued.
 */
export function storeTokens(view: UserStorage, clientId: string, username: string, tokens: Tokens): void {
  const { of } = sessionKeys(clientId);
  const { idToken, accessToken, refreshToken } = tokens;
  const issued = Math.min(...[idToken, accessToken].map((token) => Number(claimsOf(token).iat)));
  view.setItem(of(username, 'idToken'), idToken);
  view.setItem(of(username, 'accessToken'), accessToken);
  view.setItem(of(username, 'refreshToken'), refreshToken);
  view.setItem(of(username, 'clockDrift'), String(Math.floor(Date.now() / 1000) - issued));
}

/**
 * Stores the device's key, where the pool remembers devices: it then renews tokens only for requests with that key.
 * @param view The user's view of the storage.
 * @param clientId The app client's id.
 * @param username The pool's own name of the user.
 * @param result `AuthenticationResult`.
 */
export function storeDevice(view: UserStorage, clientId: string, username: string, result: unknown): void {
  const { NewDeviceMetadata: device } = Object(result) as Record<string, unknown>;
  const { DeviceKey: key } = Object(device) as Record<string, unknown>;
  if (typeof key === 'string') view.setItem(sessionKeys(clientId).of(username, 'deviceKey'), key);
}
