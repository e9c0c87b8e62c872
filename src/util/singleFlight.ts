/** One call at a time, shared by all who ask for it meanwhile. */

/**
 * Makes calls that come while one is under way share its result.
 * @param run What is to run once however many ask for it.
 */
export function singleFlight<T>(run: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
