/** Headers by lower-case name, from any of the shapes that clients use. */
import type { HeaderSource } from './types.js';

/** @returns Values by lower-case name; repeats are joined by a comma. */
export function readHeaders(source: HeaderSource | undefined): Map<string, string> {
  const read = new Map<string, string>();
  if (source === undefined) return read;
  const entries: Iterable<readonly [string, unknown]> = Symbol.iterator in source ? source : Object.entries(source);
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue;
    const before = read.get(name.toLowerCase());
    const text = (Array.isArray(value) ? value : [value]).map((one) => fold(String(one))).join(',');
    read.set(name.toLowerCase(), before === undefined ? text : `${before},${text}`);
  }
  return read;
}

/** As the signer does it: other white space, such as U+00A0, is part of a value. */
const fold = (value: string): string => value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
