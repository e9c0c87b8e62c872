/** Values in the text of an explanation. */

const MAX_SHOWN = 120;

/** A value to show: in quotation marks, and shortened to 120 characters. */
export function quote(value: string): string {
  const characters = Array.from(value);
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : value);
}

/**
 * What became of a value: `signed as …, arrived as …`.
 * @param ours As it was signed.
 * @param theirs As the gateway saw it.
 * @param isSecret Whether the values may be secret: then they are told by their length alone.
 */
export function showChange(ours: string, theirs: string, isSecret = false): string {
  if (!isSecret) return `signed as ${quote(ours)}, arrived as ${quote(theirs)}`;
  return `its value changed (not shown; ${showLengths(ours.length, theirs.length)} characters)`;
}

const showLengths = (ours: number, theirs: number): string =>
  ours === theirs ? `both have ${ours}` : `signed with ${ours}, arrived with ${theirs}`;
