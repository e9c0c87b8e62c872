/** Reads text that may or may not be JSON. */

/**
 * Parses what may be JSON.
 * @param text Any text.
 * @returns `undefined` if the text is not JSON, or is nested deeper than the engine's stack.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
