/** Waiting that ends at once when the call does. */

/** Timers take no more milliseconds, and fire at once for more: 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * A promise that rejects with the signal's reason as soon as that is aborted.
 * @param promise What is waited for.
 * @param signal Ends the wait.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
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
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
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

/**
 * A signal that is aborted when another one is, or when the time is up.
 * @param signal The other one.
 * @param milliseconds How long; undefined: for ever.
 * @param reason Makes the reason for when the time is up.
 */
export function withDeadline(
  signal: AbortSignal,
  milliseconds: number | undefined,
  reason: () => unknown,
): AbortSignal {
  if (milliseconds === undefined) return signal;
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const timer: unknown = setTimeout(
    () => {
      controller.abort(reason());
    },
    Math.min(milliseconds, MAX_TIMER),
  );
  // In Node: no reason to stay alive, once the response is there.
  (timer as { unref?: () => void }).unref?.();
  return controller.signal;
}
