/** Temporary credentials: their shape, where they come from, and how they are kept. */
import type { CallOptions } from './awsJson.js';
import type { Awaitable } from './challenges.js';
import type { IdentityPoolConfig } from './config.js';
import { singleFlight } from '../util/index.js';

/** Credentials in the shape of AWS SDK v3's providers. */
export interface TemporaryCredentials {
  /** Names the key; no secret. */
  readonly accessKeyId: string;
  /** What signs. */
  readonly secretAccessKey: string;
  /** Goes with every request; long-lived keys have none. */
  readonly sessionToken?: string | undefined;
  /** Until when they are good; undefined for ever. */
  readonly expiration?: Date | undefined;
  /** Whose they are in the identity pool, where they come from one. */
  readonly identityId?: string | undefined;
}

/** Tokens by the name of the identity provider that issued them, such as `accounts.google.com`. */
export type Logins = Readonly<Record<string, string>>;

/** A client of an identity pool, which trades logins for credentials. */
export interface IdentityPool {
  /**
   * @param logins Who logged in where; empty for a guest.
   * @param loginId Tells users apart: identity ids are remembered under it.
   * @throws AuthError
   */
  getCredentials(logins: Logins, loginId: string): Promise<TemporaryCredentials>;
  /** Forgets the identity id. */
  forget(loginId: string): Promise<void> | void;
}

/** Makes a client of an identity pool; the built-in one and the one over aws-sdk have this form. */
export type ConnectIdentityPool = (config: IdentityPoolConfig, options: CallOptions) => IdentityPool;

/** What a function in place of the pools is told when credentials are asked of it. */
export interface CredentialContext {
  /** Whether the last ones were refused, and new ones are wanted. */
  readonly forceRefresh: boolean;
  /** The user's ID token, where a user of the user pool is logged in. */
  readonly idToken: string | undefined;
  /** That token by its provider's name, as AWS SDK v3's `fromCognitoIdentityPool` takes it. */
  readonly logins: Logins;
}

/** Credentials, or a function that gets them: one of AWS SDK v3's providers, or your own. */
export type CredentialSource =
  | TemporaryCredentials
  | (() => Awaitable<TemporaryCredentials>)
  | ((context: CredentialContext) => Awaitable<TemporaryCredentials>);

/** Kept credentials are renewed when a tenth of their life, at most this many milliseconds, is left. */
const RENEW_BEFORE = 5 * 60_000;

/**
 * Keeps credentials until shortly before they expire. Calls that come while they are being renewed share the result.
 * @param load Gets new ones.
 * @param now The clock, in milliseconds.
 * @returns The kept ones; with `forceRefresh: true` new ones.
 */
export function keepCredentials<C extends { readonly expiration?: Date | undefined }>(
  load: (options: { forceRefresh: boolean }) => Promise<C>,
  now: () => number,
): (options?: { forceRefresh?: boolean }) => Promise<C> {
  let kept: { credentials: C; until: number } | undefined;
  let forced = false;
  const renew = singleFlight(async () => {
    const credentials = await load({ forceRefresh: forced });
    // An app's own source may give none: whoever signs with them says so.
    kept = { credentials, until: keepUntil((credentials as C | undefined)?.expiration, now()) };
    return credentials;
  });
  return async (options) => {
    forced = options?.forceRefresh ?? false;
    return !forced && kept && now() < kept.until ? kept.credentials : renew();
  };
}

/** Fresh credentials that seem to have expired show that the device's clock is wrong; they are kept for a while even so. */
function keepUntil(given: Date | null | undefined, now: number): number {
  if (given === undefined || given === null) return Infinity;
  const expiration = new Date(given).getTime(); // an endpoint of the app's own may have given it as text
  const lifetime = expiration - now;
  return lifetime > 0 ? expiration - Math.min(RENEW_BEFORE, lifetime / 10) : now + RENEW_BEFORE;
}
