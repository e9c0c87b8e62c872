/** The clock that a service goes by. */
import { readClock } from '../../util/index.js';
import type { MakeOptionError } from '../../util/index.js';
import { optionError } from './errors.js';

/** Tells the time. */
export type Clock = () => Date;

/**
 * The clock of a service, from its option `now`.
 * @param now Gives a Date, or milliseconds since 1970. Default: the machine's clock.
 * @param makeError Makes the error, also where the clock gives no time later on.
 * @throws what `makeError` makes where it is no function
 */
export function openClock(now: (() => Date | number) | undefined, makeError: MakeOptionError = optionError): Clock {
  const time = readClock(now, makeError);
  return () => new Date(time());
}
