/** Waiting that ends at once when the call does. */

/** Timers take no more milliseconds, and fire at once for more: 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * A promise that rejects with the signal's reason as soon as that is aborted.
 * @param promise What is waited for.
 * @param signal Ends the wait.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

/**
 * @param milliseconds How long.
 * @param signal Ends the wait: the promise rejects with its reason.
 */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, MAX_TIMER));
  });
  try {
    await abortable(waited, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** A time that is running. */
export interface Deadline {
  /** Aborted when the time is up, or when the other signal is; `undefined` where there is neither. */
  readonly signal: AbortSignal | undefined;
  /** Stops the time, and lets go of the other signal, which may be the app's for as long as it runs. */
  end(): void;
}

/**
 * @param other A signal that ends it as well.
 * @param milliseconds How long; undefined: for ever.
 * @param reason Makes the reason for when the time is up.
 */
export function startDeadline(
  other: AbortSignal | null | undefined,
  milliseconds: number | undefined,
  reason: () => unknown,
): Deadline {
  if (milliseconds === undefined) return { signal: other ?? undefined, end: () => undefined };
  const controller = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    other?.removeEventListener('abort', abort);
  };
  const abort = (): void => {
    end();
    controller.abort(other?.aborted ? other.reason : reason());
  };
  const timer = setTimeout(abort, Math.min(milliseconds, MAX_TIMER));
  // In Node: no reason to stay alive, once the response is there.
  (timer as { unref?: () => void }).unref?.();
  other?.addEventListener('abort', abort);
  return { signal: controller.signal, end };
}
