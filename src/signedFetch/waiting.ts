/** Waiting that ends at once when the call does. */

/** Timers take no more milliseconds, and fire at once for more: 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

/** A call's life. */
export interface Life {
  /** Aborted where it ends before its time: the time is up, or the app's signal is aborted. `undefined` without either. */
  readonly signal: AbortSignal | undefined;
  /**
   * Takes one step after the other. A step is not begun once the signal is aborted, and no longer waited for: the promise
   * rejects with its reason.
   */
  readonly step: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Stops the time, and lets go of the app's signal, which may be there for as long as the app runs. */
  readonly end: () => void;
}

/** What is to be done when a signal is aborted, by one listener for all calls: Node warns of more than ten. */
class Followers extends Set<() => void> {
  handleEvent(): void {
    for (const abort of this) abort();
  }
}

const followers = new WeakMap<AbortSignal, Followers>();

/**
 * @param other The app's signal.
 * @param milliseconds How long it may last; undefined: for ever.
 * @param late Makes the reason for when the time is up. A timer may hold it for long, and all that it sees.
 */
export function startLife(other: AbortSignal | undefined, milliseconds: number | undefined, late: () => unknown): Life {
  if (!other && milliseconds === undefined)
    return { signal: other, step: async (work) => work(), end: () => undefined };
  const controller = new AbortController();
  const { signal } = controller;
  const all = (other && followers.get(other)) ?? new Followers();
  let fail: ((reason: unknown) => void) | undefined;
  const end = (): void => {
    clearTimeout(timer);
    all.delete(abort);
    if (all.size === 0) other?.removeEventListener('abort', all);
  };
  const abort = (): void => {
    end();
    controller.abort(other?.aborted ? other.reason : late());
    fail?.(signal.reason);
  };
  const timer = milliseconds === undefined ? undefined : setTimeout(abort, Math.min(milliseconds, MAX_TIMER));
  // In Node: no reason to stay alive, once the response is there.
  (timer as { unref?: () => void } | undefined)?.unref?.();
  if (other) {
    followers.set(other, all.add(abort));
    other.addEventListener('abort', all); // is there once, however often it is added
    if (other.aborted) abort();
  }

  async function step<T>(work: () => T | Promise<T>): Promise<T> {
    signal.throwIfAborted();
    try {
      return await Promise.race([new Promise<never>((_, reject) => (fail = reject)), work()]);
    } finally {
      fail = undefined; // and with it the result
    }
  }

  return { signal, step, end };
}

/**
 * @param milliseconds How long.
 * @param step Takes the wait as a step of a call.
 */
export async function sleep(milliseconds: number, step: Life['step']): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await step(
      () =>
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, Math.min(milliseconds, MAX_TIMER));
        }),
    );
  } finally {
    clearTimeout(timer);
  }
}
