/** One call at a time, shared by all who ask for it meanwhile. */

/**
 * Makes calls that come while one is under way share its result.
 * @param run What is to run once however many ask for it.
 * @param longest For how long it is shared, in milliseconds. Later calls start a run of their own, so that one that never
 *   ends does not hold them up for good. Default: for as long as it runs.
 * @returns The function to call in place of `run`.
 */
export function singleFlight<T>(run: () => Promise<T>, longest = Infinity): () => Promise<T> {
  let current: { readonly since: number; readonly promise: Promise<T> } | undefined;

  function start(): Promise<T> {
    const promise = run().finally(() => {
      if (current === started) current = undefined;
    });
    const started = { since: Date.now(), promise };
    current = started;
    return promise;
  }

  return () => (current && Date.now() - current.since < longest ? current.promise : start());
}
