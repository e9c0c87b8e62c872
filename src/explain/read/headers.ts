/** Headers by lower-case name, from any of the shapes that clients use. */
import { foldSpace, isMissing } from '../../sigv4/index.js';
import type { HeaderSource } from '../types.js';

/**
 * Reads headers.
 * @param source A record, `Headers`, or pairs; values that are `null` or `undefined` are left out.
 * @returns Values by lower-case name, trimmed and folded as the signer does it; repeats are joined by a comma.
 */
export function headerMap(source: HeaderSource | undefined): Map<string, string> {
  const headers = new Map<string, string>();
  if (source === undefined) return headers;
  const entries: Iterable<readonly [string, unknown]> = Symbol.iterator in source ? source : Object.entries(source);
  for (const [given, value] of entries) {
    if (isMissing(value)) continue;
    const name = given.toLowerCase();
    const text = (Array.isArray(value) ? value : [value]).map((one) => foldSpace(String(one))).join(',');
    const before = headers.get(name);
    headers.set(name, before === undefined ? text : `${before},${text}`);
  }
  return headers;
}
