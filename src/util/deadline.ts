/** A call's time limit and signal: whatever the call waits for, the wait ends at once with the call. */
import { MAX_TIMER, sleep } from './backoff.js';

/** The time that a call may take, which the app's signal may end as well. */
export interface Deadline {
  /** Aborted once the time is up or the app's signal is aborted. `undefined` where there is neither a limit nor a signal. */
  readonly signal: AbortSignal | undefined;
  /**
   * Runs one step of the call. Once the signal is aborted, no step is begun, and the promise of one that is under way rejects with
   * the signal's reason at once.
   */
  readonly step: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Stops the timer and removes the listener from the app's signal, which may live as long as the app. */
  readonly end: () => void;
}

/** The calls that a signal ends. They share one listener, since Node warns of more than ten on one signal. */
class Followers extends Set<() => void> {
  handleEvent(): void {
    for (const abort of this) abort();
  }
}

const followers = new WeakMap<AbortSignal, Followers>();

/**
 * Starts the time of a call.
 * @param appSignal The app's signal.
 * @param milliseconds How long the call may last; `undefined`: for ever.
 * @param late Makes the error for when the time is up. The timer may keep it, and all that it closes over, for a long time.
 */
export function startDeadline(
  appSignal: AbortSignal | undefined,
  milliseconds: number | undefined,
  late: () => unknown,
): Deadline {
  if (!appSignal && milliseconds === undefined) {
    return { signal: undefined, step: async (work) => work(), end: () => undefined };
  }
  const controller = new AbortController();
  const { signal } = controller;
  const all = (appSignal && followers.get(appSignal)) ?? new Followers();
  let fail: ((reason: unknown) => void) | undefined;
  const end = (): void => {
    clearTimeout(timer);
    all.delete(abort);
    if (all.size === 0) appSignal?.removeEventListener('abort', all);
  };
  const abort = (): void => {
    end();
    const reason = appSignal?.aborted ? reasonOf(appSignal) : late();
    controller.abort(reason);
    fail?.(reason);
  };
  const timer = milliseconds === undefined ? undefined : setTimeout(abort, Math.min(milliseconds, MAX_TIMER));
  // In Node, a timer keeps the process running unless it is unref'ed.
  (timer as { unref?: () => void } | undefined)?.unref?.();
  if (appSignal) {
    followers.set(appSignal, all.add(abort));
    appSignal.addEventListener('abort', all); // adding the same object again has no effect
    if (appSignal.aborted) abort();
  }

  async function step<T>(work: () => T | Promise<T>): Promise<T> {
    throwIfAborted(signal);
    try {
      return await Promise.race([new Promise<never>((_, reject) => (fail = reject)), work()]);
    } finally {
      fail = undefined; // so that this closure does not keep the step's result
    }
  }

  return { signal, step, end };
}

/**
 * Throws an aborted signal's reason, as `signal.throwIfAborted()` does, which older platforms lack.
 * @param signal The signal; `undefined` for none.
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** Why a signal was aborted. React Native's signals keep no reason: it is then an `AbortError`, as fetch rejects with. */
function reasonOf(signal: AbortSignal): unknown {
  const reason: unknown = signal.reason;
  return reason === undefined ? Object.assign(new Error('The call was aborted'), { name: 'AbortError' }) : reason;
}

/**
 * Waits for so long, as a step of a call.
 * @param milliseconds How long.
 * @param step Takes the wait as a step of a call.
 */
export async function sleepWithin(milliseconds: number, step: Deadline['step']): Promise<void> {
  const { promise, stop } = sleep(milliseconds);
  try {
    await step(() => promise);
  } finally {
    stop();
  }
}

/**
 * Waits for a promise, but not for ever.
 * @param promise What is waited for.
 * @param milliseconds How long.
 * @returns What the promise resolves with; it rejects with a `TimeoutError` when the time is up.
 */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error(`No answer within ${milliseconds / 1000} s`);
      error.name = 'TimeoutError';
      reject(error);
    }, milliseconds);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
