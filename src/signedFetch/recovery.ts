/** Acts on a refusal: corrects the clock, and renews credentials. */
import { throwIfAborted } from '../util/index.js';
import type { AwsCredentials } from '../util/index.js';
import type { CredentialSource } from './credentials.js';
import { areFarApart, isDateRefused, isTokenRefused, serverTimeOf } from './refusal.js';
import type { Refusal } from './refusal.js';
import type { Clock } from './types.js';

/** What a recovery acts on. */
export interface Recoverable {
  readonly clock: Clock;
  readonly source: CredentialSource;
  /** Aborted once the request is no longer wanted: no credentials are asked for any more. */
  readonly signal: AbortSignal | undefined;
}

/** What a request was signed with. */
export interface SignedWith {
  readonly credentials: AwsCredentials;
  /** The time, in milliseconds since 1970. */
  readonly date: number;
}

/** What has changed, so that signing and sending the request again makes sense. */
export interface Recovered {
  /** What to sign with next, in place of what the source gives. */
  readonly credentials?: AwsCredentials;
}

/**
 * Acts on a refusal of a request.
 * @param refusal The refusal.
 * @param used What the request was signed with.
 * @returns `undefined` where the refusal is the answer.
 */
export type Recover = (refusal: Refusal, used: SignedWith) => Promise<Recovered | undefined>;

/**
 * Makes what recovers one request from its refusals: the clock is corrected once, and credentials are renewed once.
 * @param recoverable What is acted on.
 */
export function createRecovery({ clock, source, signal }: Recoverable): Recover {
  /** The clock's offset before and after this request has corrected it. */
  let correction: { readonly before: number; readonly after: number } | undefined;
  let hasRenewed = false;

  /** Gives whether the clock is another one now, and right. One that was corrected, and is refused all the same, goes back. */
  function correctClock(refusal: Refusal, date: number): boolean {
    const before = clock.offset;
    if (correction !== undefined) {
      // Unless another request has learned better in the meantime.
      if (isDateRefused(refusal) && before === correction.after)
        clock.correct(clock.now() - before + correction.before);
      return false;
    }
    const serverTime = serverTimeOf(refusal, date);
    if (serverTime === undefined) return false;
    // Requests at the same time learn it together: what the first one has corrected is right for all.
    const isCorrected = areFarApart(serverTime, date) && !areFarApart(serverTime, clock.now());
    if (!isCorrected) clock.correct(serverTime);
    correction = { before, after: clock.offset };
    return true;
  }

  /** Credentials in place of those that were refused; `undefined` where there are none. */
  async function renewCredentials(refused: AwsCredentials): Promise<AwsCredentials | undefined> {
    throwIfAborted(signal);
    const current = await source.get(signal); // another request may have renewed them in the meantime
    if (!areSame(current, refused)) return current;
    const renewed = await source.refresh();
    return areSame(renewed, refused) ? undefined : renewed;
  }

  return async (refusal, used) => {
    if (correctClock(refusal, used.date)) return {};
    if (hasRenewed || !isTokenRefused(refusal)) return undefined;
    hasRenewed = true;
    const credentials = await renewCredentials(used.credentials);
    return credentials && { credentials };
  };
}

function areSame(one: AwsCredentials, other: AwsCredentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}
