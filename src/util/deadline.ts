/** Waiting that ends at once when the call does. */
import { MAX_TIMER, sleep } from './backoff.js';

/** The time that a call may take, which the app's signal may end as well. */
export interface Deadline {
  /** Aborted where it ends before its time: the time is up, or the app's signal is aborted. `undefined` without either. */
  readonly signal: AbortSignal | undefined;
  /**
   * Takes one step after the other. A step is not begun once the signal is aborted, and no longer waited for: the promise
   * rejects with the signal's reason.
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
 * Starts the time of a call.
 * @param appSignal The app's signal.
 * @param milliseconds How long the call may last; `undefined`: for ever.
 * @param late Makes the reason for when the time is up. A timer may hold it for long, and all that it sees.
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
  // In Node: no reason for the process to stay, once the response is there.
  (timer as { unref?: () => void } | undefined)?.unref?.();
  if (appSignal) {
    followers.set(appSignal, all.add(abort));
    appSignal.addEventListener('abort', all); // is there once, however often it is added
    if (appSignal.aborted) abort();
  }

  async function step<T>(work: () => T | Promise<T>): Promise<T> {
    throwIfAborted(signal);
    try {
      return await Promise.race([new Promise<never>((_, reject) => (fail = reject)), work()]);
    } finally {
      fail = undefined; // and with it the result
    }
  }

  return { signal, step, end };
}

/**
 * Throws an aborted signal's reason: `signal.throwIfAborted()`, which older platforms do not have.
 * @param signal Any, or none.
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** Why a signal was aborted. React Native's own signals keep no reason: where there is none, what fetch rejects with. */
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
