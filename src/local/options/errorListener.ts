/** The listener for errors inside a service. */

/**
 * Makes a listener that never throws: an answer must not depend on it, and outside of a request nobody would catch what it throws.
 * @param onError The app's own listener. What it throws goes to `console.error`.
 */
export function errorListener(onError: ((error: unknown) => void) | undefined): (error: unknown) => void {
  return (error) => {
    try {
      onError?.(error);
    } catch (thrown) {
      console.error(thrown);
    }
  };
}
