/** Tells whether this runs in a page or its worker, from which browsers hide parts of answers. */

/**
 * Whether a page calls another origin. The browser then hides most headers of the answers, and whole answers that lack CORS headers.
 * @param url The URL that is called.
 */
export function isCrossOrigin({ origin }: URL): boolean {
  const { location } = globalThis as { location?: { origin?: string } };
  return location !== undefined && location.origin !== origin;
}
