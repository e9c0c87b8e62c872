/** Compares secrets. */
import { utf8Bytes } from '../sigv4/index.js';

/**
 * Whether two texts, or two arrays of bytes, are the same. A wrong one of the right length takes as long as the right one, so that the
 * time tells at most whether their lengths differ.
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
