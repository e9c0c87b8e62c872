/** Waiting for others: one at a time, and not for ever. */

/**
 * Makes calls that come while one is under way share its result.
 * @param run What is to run once however many ask for it.
 */
export function shared<T>(run: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/**
 * A promise that rejects with a `TimeoutError` when the time is up.
 * @param promise What is waited for.
 * @param milliseconds How long.
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
