/** Reads URLs that may be none. */

/**
 * Parses a URL. Not by `URL.canParse`, which older platforms lack.
 * @param text What may be a URL.
 * @returns The URL; `undefined` where it is none.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
