/** Acts on a refusal: corrects the clock, and renews credentials. */
import { areFarApart, throwIfAborted } from '../util/index.js';
import type { AwsCredentials } from '../util/index.js';
import type { CredentialSource } from './credentials.js';
import { isDateRefused, isTokenRefused, serverTimeOf } from './refusal.js';
import type { Refusal } from './refusal.js';
import type { Clock } from './types.js';

/** What a recovery can change. */
export interface Recoverable {
  readonly clock: Clock;
  readonly source: CredentialSource;
  /** Aborted once the request is no longer wanted: credentials are then not asked for any more. */
  readonly signal: AbortSignal | undefined;
}

/** The credentials and the time that a request was signed with. */
export interface SignedWith {
  readonly credentials: AwsCredentials;
  /** The time, in milliseconds since 1970. */
  readonly date: number;
}

/** A successful recovery: signing and sending the request again makes sense. */
export interface Recovered {
  /** The credentials to sign with next. Default: those that the source gives. */
  readonly credentials?: AwsCredentials;
}

/**
 * Acts on a refusal of a request.
 * @param refusal The refusal.
 * @param used What the request was signed with.
 * @returns `undefined` where nothing can be done, so that the refusal is the answer.
 */
export type Recover = (refusal: Refusal, used: SignedWith) => Promise<Recovered | undefined>;

/**
 * Makes the function that recovers one request from refusals. It corrects the clock once, and renews the credentials once.
 * @param recoverable The clock, the credentials and the signal of the request.
 */
export function createRecovery({ clock, source, signal }: Recoverable): Recover {
  /** The clock's offset before and after this request has corrected it. */
  let correction: { readonly before: number; readonly after: number } | undefined;
  let hasRenewed = false;

  /** Corrects the clock, and tells whether that helps. A correction after which the signature is refused all the same is undone. */
  function correctClock(refusal: Refusal, date: number): boolean {
    const before = clock.offset;
    if (correction !== undefined) {
      // Not undone where another request has corrected the clock in the meantime.
      if (isDateRefused(refusal) && before === correction.after)
        clock.correct(clock.now() - before + correction.before);
      return false;
    }
    const serverTime = serverTimeOf(refusal, date);
    if (serverTime === undefined) return false;
    // Another request that was sent at the same time may have corrected the clock already.
    const isCorrected = areFarApart(serverTime, date) && !areFarApart(serverTime, clock.now());
    if (!isCorrected) clock.correct(serverTime);
    correction = { before, after: clock.offset };
    return true;
  }

  /** New credentials in place of those that were refused; `undefined` where the source has no others. */
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
