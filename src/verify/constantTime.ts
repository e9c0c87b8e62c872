/** Comparing secrets. */

/** Whether two texts are the same. Takes as long for a wrong text as for the right one; only the length of `given` shows. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const other = given.length === expected.length ? expected : given;
  let difference = given.length ^ expected.length;
  for (let i = 0; i < given.length; i++) difference |= given.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
