/** Comparing secrets. */
import { utf8Bytes } from '../sigv4/index.js';

/**
 * Whether two texts, or two pieces of bytes, are the same. Takes as long for a wrong one as for the right one: only whether it
 * is as long as what was expected shows.
 */
export function equalInConstantTime(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  const [one, other] = [given, expected].map((value) => (typeof value === 'string' ? utf8Bytes(value) : value)) as [
    Uint8Array,
    Uint8Array,
  ];
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [i, byte] of one.entries()) difference |= byte ^ other[i]!;
  return difference === 0;
}
