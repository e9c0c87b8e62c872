/** Values in the text of an explanation. */
import { looksSecret } from '../../util/index.js';

const MAX_SHOWN = 120;

/**
 * A text without what looks like a key or a token.
 * @param text Such as a path.
 * @param mask What stands in its place. Default: how long it is.
 * @returns The text with the mask in place of each of its segments that look secret, or of all of it.
 */
export function hideSecrets(text: string, mask = (secret: string): string => `[${secret.length} characters]`): string {
  if (!looksSecret(text)) return text;
  const segments = text.split('/').map((segment) => (looksSecret(segment) ? mask(segment) : segment));
  const shown = segments.join('/');
  return looksSecret(shown) ? mask(text) : shown; // a secret access key may hold slashes
}

/** A value to show: in quotation marks, without what looks secret, and shortened to 120 characters. */
export const quote = (value: string): string => quoteWhole(hideSecrets(value));

/** A value to show that is public, though it may look like a secret: a host, a SHA-256. */
export function quoteWhole(value: string): string {
  const characters = Array.from(value);
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : value);
}

/**
 * What became of a value: `signed as …, arrived as …`.
 * @param ours As it was signed.
 * @param theirs As the gateway saw it.
 * @param isSecret Whether the values may be secret: then they are told by their length alone.
 * @param show Shows one of them.
 */
export function showChange(ours: string, theirs: string, isSecret = false, show = quote): string {
  if (!isSecret) return `signed as ${show(ours)}, arrived as ${show(theirs)}`;
  return `its value changed (not shown; ${showLengths(ours.length, theirs.length)} characters)`;
}

const showLengths = (ours: number, theirs: number): string =>
  ours === theirs ? `both have ${ours}` : `signed with ${ours}, arrived with ${theirs}`;
