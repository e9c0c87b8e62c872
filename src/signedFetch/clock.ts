/** A clock that can be corrected to AWS's time. */
import { invalidOption, readClock } from '../util/index.js';
import type { Clock } from './types.js';

/**
 * Makes a clock for signing, to be shared by several signed fetches and interceptors: where AWS refuses one's signature for its
 * date, the clock is corrected for all of them.
 * @param now The device's clock: gives milliseconds since 1970, or a Date. Default `Date.now`.
 * @returns A clock to pass to `createSignedFetch` and `signAxios`.
 * @throws SigV4Error `InvalidOption` for a `now` that is no function
 * @example
 * const clock = createClock();
 * const signedFetch = createSignedFetch({ credentials, clock });
 * signAxios(api, { credentials, clock });
 */
export function createClock(now: () => Date | number = Date.now): Clock {
  const deviceTime = readClock(now);
  let offset = 0;
  return {
    now: () => deviceTime() + offset,
    correct(time) {
      offset = time - deviceTime();
    },
    get offset() {
      return offset;
    },
  };
}

/**
 * Checks a clock.
 * @param clock What was given as `clock`.
 * @throws SigV4Error `InvalidOption` for anything but a clock
 */
export function checkClock(clock: Clock): Clock {
  const { now, correct, offset } = Object(clock) as Partial<Clock>;
  const isClock = typeof now === 'function' && typeof correct === 'function' && typeof offset === 'number';
  if (isClock) return clock;
  throw invalidOption('clock', 'a clock of createClock', clock);
}
