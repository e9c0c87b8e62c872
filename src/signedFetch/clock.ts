/** The time as AWS has it, whatever the device's clock says. */
import { invalidOption } from '../util/index.js';
import type { Clock } from './types.js';

/**
 * A clock for signing.
 * @param now The device's clock, in milliseconds since 1970 or as a Date. Default `Date.now`.
 * @returns A clock to pass to `createSignedFetch` and `signAxios`: what one learns of the time, all that share it know.
 * @throws SigV4Error `InvalidOption` for a `now` that is no function
 * @example
 * const clock = createClock();
 * const signedFetch = createSignedFetch({ credentials, clock });
 * signAxios(api, { credentials, clock });
 */
export function createClock(now: () => Date | number = Date.now): Clock {
  if (typeof now !== 'function') throw invalidOption('now', 'a function', now);
  let offset = 0;
  return {
    now: () => Number(now()) + offset,
    correct(time) {
      offset = time - Number(now());
    },
    get offset() {
      return offset;
    },
  };
}

/**
 * @param clock What was given as `clock`.
 * @throws SigV4Error `InvalidOption` for one that is none
 */
export function checkClock(clock: Clock): Clock {
  const { now, correct, offset } = Object(clock) as Partial<Clock>;
  const isClock = typeof now === 'function' && typeof correct === 'function' && typeof offset === 'number';
  if (isClock) return clock;
  throw invalidOption('clock', 'a clock of createClock', clock);
}
