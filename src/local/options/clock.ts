/** The clock that a service goes by. */
import { timeOf } from '../../util/index.js';
import { optionError } from './errors.js';
import type { MakeOptionError } from './errors.js';

/** Tells the time. */
export type Clock = () => Date;

/**
 * Reads the option `now`.
 * @param now Gives a Date, or milliseconds since 1970. Default: the machine's clock.
 * @param makeError Makes the error, also where the clock gives no time later on.
 * @throws what `makeError` makes where it is no function
 */
export function readClock(now: (() => Date | number) | undefined, makeError: MakeOptionError = optionError): Clock {
  if (now === undefined) return () => new Date();
  const expected = 'a function that gives a valid Date, or milliseconds since 1970';
  if (typeof now !== 'function') throw makeError('now', expected, now);
  return () => {
    const given: unknown = now();
    const date = new Date(timeOf(given));
    if (Number.isNaN(date.getTime())) throw makeError('now', expected, given);
    return date;
  };
}
