/** Which of several logins and logouts came last: a login must not take effect once a later one of either has begun. */

/** Logins and logouts, in the order in which they begin. */
export interface Generations {
  /**
   * Begins a login or a logout.
   * @returns Whether it is still the last one that has begun.
   */
  readonly begin: () => () => boolean;
}

/** Starts counting logins and logouts. */
export function createGenerations(): Generations {
  let generation = 0;
  return {
    begin() {
      const mine = ++generation;
      return () => mine === generation;
    },
  };
}
