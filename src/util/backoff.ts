/** Waiting before another attempt. */

/** The longest wait of a timer, in milliseconds (24.8 days): timers that are set to more fire at once. */
export const MAX_TIMER = 2 ** 31 - 1;

/**
 * How long to wait before another attempt: exponential backoff with full jitter.
 * @param attempt How many attempts were made.
 * @param baseDelay The upper limit of the first wait, in milliseconds; each further one may be twice as long.
 * @returns Milliseconds.
 */
export const backoffDelay = (attempt: number, baseDelay: number): number =>
  Math.random() * baseDelay * 2 ** (attempt - 1);

/**
 * Waits for so long, unless the wait is stopped.
 * @param milliseconds How long.
 * @returns A promise that resolves then, and what stops its timer.
 */
export function sleep(milliseconds: number): { promise: Promise<void>; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, MAX_TIMER));
  });
  return {
    promise,
    stop: () => {
      clearTimeout(timer);
    },
  };
}
