/** Comparing secrets. */

/** Whether two texts are the same. Takes as long for a wrong text as for the right one; only the length of `given` shows. */
export function equalInConstantTime(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < given.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i % expected.length);
  return difference === 0;
}
