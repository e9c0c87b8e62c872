/** One run at a time of a function, whose result is shared by all calls that come meanwhile. */

/**
 * Makes calls that come while one is under way share its result.
 * @param run The function whose runs are shared.
 * @param longest How long a run may be shared, in milliseconds. Calls that come later start a new run, so that one which never
 *   ends does not block them for ever. Default: for as long as it runs.
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
