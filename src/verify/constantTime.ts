/** Compares secrets. */

/** Whether two texts are equal. The time that it takes depends on the length of `given` alone, and not on where they differ. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const other = given.length === expected.length ? expected : given;
  let difference = given.length ^ expected.length;
  for (let i = 0; i < given.length; i++) difference |= given.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
