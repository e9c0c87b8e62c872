/** Compares secrets. */

/**
 * Whether two texts, or two arrays of bytes, are the same. A wrong one of the right length takes as long as the right one, so that the
 * time tells at most whether their lengths differ.
 */
export function equalInConstantTime(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  if (given.length !== expected.length) return false;
  let difference = 0;
  for (let i = 0; i < given.length; i++) difference |= unitAt(given, i) ^ unitAt(expected, i);
  return difference === 0;
}

const unitAt = (value: string | Uint8Array, i: number): number =>
  typeof value === 'string' ? value.charCodeAt(i) : value[i]!;
