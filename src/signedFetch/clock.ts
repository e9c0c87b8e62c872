/** The time as AWS has it, whatever the device's clock says. */

/** A clock that learns how far the device's is off. Signed fetches and interceptors that share one learn from each other. */
export interface Clock {
  /** The time, as far as it is known, in milliseconds since 1970. */
  now(): number;
  /** Sets the clock right. `time` is what it is just now, in milliseconds since 1970. */
  correct(time: number): void;
  /** How far the device's clock is behind, in milliseconds; below 0 where it is ahead; 0 until that is learned. */
  readonly offset: number;
}

/**
 * A clock for signing.
 * @param now The device's clock, in milliseconds since 1970 or as a Date. Default `Date.now`.
 * @returns A clock to pass to `createSignedFetch` and `signAxios`: what one learns of the time, all that share it know.
 * @example
 * const clock = createClock();
 * const signedFetch = createSignedFetch({ credentials, clock });
 * signAxios(api, { credentials, clock });
 */
export function createClock(now: () => Date | number = Date.now): Clock {
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
