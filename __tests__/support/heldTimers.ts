/** Timers that run when the test says so, however busy the machine is. */
export interface HeldTimers {
  /** How many were started. */
  readonly count: () => number;
  /** Runs one of them, by its place (default: the first): its time is up. */
  readonly fire: (place?: number) => void;
  /** Lets new timers run by themselves again. */
  readonly release: () => void;
}

/**
 * Holds the timers of one delay; all others run.
 * @param delay In milliseconds; one that nothing else uses.
 */
export function holdTimers(delay: number): HeldTimers {
  const real = globalThis.setTimeout;
  const held: (() => void)[] = [];
  const start = (run: (...args: unknown[]) => void, after?: number, ...args: unknown[]): NodeJS.Timeout => {
    if (after !== delay) return real(run, after, ...args);
    held.push(() => {
      run(...args);
    });
    return real(() => undefined, delay).unref();
  };
  const spy = jest.spyOn(globalThis, 'setTimeout').mockImplementation(start as typeof setTimeout);
  return {
    count: () => held.length,
    fire: (place = 0) => {
      held[place]!();
    },
    release: () => {
      spy.mockRestore();
    },
  };
}
