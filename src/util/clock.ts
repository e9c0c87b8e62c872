/** A clock that an app gives in place of the device's. */
import { invalidOption, isAmzTime, timeOf } from '../sigv4/index.js';
import type { MakeOptionError } from '../sigv4/index.js';

/**
 * Reads the option `now`, a clock.
 * @param now Gives a Date, or milliseconds since 1970. Default `Date.now`.
 * @param makeError Makes the error, also where the clock gives no time later on. Default: a SigV4Error.
 * @returns The clock, in milliseconds since 1970.
 * @throws what `makeError` makes where it is no function
 */
export function readClock(now: unknown = Date.now, makeError: MakeOptionError = invalidOption): () => number {
  const expected = 'a function that gives a valid Date, or milliseconds since 1970';
  if (typeof now !== 'function') throw makeError('now', expected, now);
  return () => {
    const given: unknown = now();
    const time = timeOf(given);
    if (isAmzTime(time)) return time;
    throw makeError('now', expected, given);
  };
}
