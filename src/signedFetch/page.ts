/** Whether this runs in a page, or in a worker of one, to which the browser does not show everything. */

/**
 * Whether a page asks another origin. The browser hides most headers of its answers from the page, and whole answers that
 * lack CORS headers.
 * @param url What is asked.
 */
export function isCrossOrigin({ origin }: URL): boolean {
  const { location } = globalThis as { location?: { origin?: string } };
  return location !== undefined && location.origin !== origin;
}
