/** Keeps temporary credentials until shortly before they expire. */
import { singleFlight } from '../../util/index.js';
import type { AwsCredentials, ForceRefresh } from '../../util/index.js';
import { renewalLead } from '../shared/index.js';

/** Credentials are kept until this many milliseconds before they expire, or less where their lifetime is short. */
const RENEW_CREDENTIALS_BEFORE = 5 * 60_000;

/**
 * Keeps credentials until shortly before they expire. Calls that come while they are being renewed share the result.
 * @param load Gets new ones.
 * @param now The clock, in milliseconds.
 * @returns A function that gives the kept ones, and with `forceRefresh: true` new ones.
 */
export function keepCredentials(
  load: (context: { forceRefresh: boolean }) => Promise<AwsCredentials>,
  now: () => number,
): (context?: ForceRefresh) => Promise<AwsCredentials> {
  let kept: { credentials: AwsCredentials; until: number } | undefined;

  async function renew(forceRefresh: boolean): Promise<AwsCredentials> {
    const credentials = await load({ forceRefresh });
    // An app's own source may give no credentials, against its type: signing with them then throws.
    const { expiration } = Object(credentials) as Partial<AwsCredentials>;
    kept = { credentials, until: keepUntil(expiration, now()) };
    return credentials;
  }

  const renewExpiring = singleFlight(() => renew(false));
  const renewForced = singleFlight(() => renew(true));
  return async (context) => {
    if (context?.forceRefresh) return renewForced();
    return kept && now() < kept.until ? kept.credentials : renewExpiring();
  };
}

/** Until when to keep new credentials. Where they seem to have expired, the device's clock is wrong: they are kept for a while. */
function keepUntil(given: Date | null | undefined, now: number): number {
  if (given === undefined || given === null) return Infinity;
  const expiration = new Date(given).getTime(); // an app's own source may give a text
  const lifetime = expiration - now;
  return lifetime > 0 ? expiration - renewalLead(lifetime, RENEW_CREDENTIALS_BEFORE) : now + RENEW_CREDENTIALS_BEFORE;
}
