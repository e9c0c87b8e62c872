/** Clocks: one that an app gives in place of the device's, and how far AWS lets one be off. */
import { invalidOption, isAmzTime, timeOf } from '../sigv4/index.js';
import type { MakeOptionError } from '../sigv4/index.js';

/** AWS accepts signatures that are at most this far from its own time, in milliseconds. */
export const MAX_SKEW = 5 * 60_000;

/** How far off a clock has to be before a login's word is taken for it, in milliseconds: tokens tell whole seconds. */
export const NOTABLE_DRIFT = 60_000;

/** Whether two times, in milliseconds, are too far apart for AWS. */
export const areFarApart = (one: number, other: number): boolean => Math.abs(one - other) > MAX_SKEW;

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
    const given = (now as () => unknown)();
    const time = timeOf(given);
    if (isAmzTime(time)) return time;
    throw makeError('now', expected, given);
  };
}
