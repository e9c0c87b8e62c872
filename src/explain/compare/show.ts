/** Shows values in the text of an explanation. */
import { looksSecret } from '../../util/index.js';

const MAX_SHOWN = 120;

/**
 * Hides what looks like a key or a token in a text.
 * @param text The text, such as a path.
 * @param mask Makes the replacement of a secret. Default: one that tells its length.
 * @returns The text, with replacements for the segments that look secret, or for all of it.
 */
export function hideSecrets(text: string, mask = (secret: string): string => `[${secret.length} characters]`): string {
  const segments = text.split('/').map((segment) => (looksSecret(segment) ? mask(segment) : segment));
  const shown = segments.join('/');
  return looksSecret(shown) ? mask(text) : shown; // a secret access key may hold slashes
}

/** A value to show: in quotation marks, without what looks secret, and shortened to 120 characters. */
export const quote = (value: string): string => quoteWhole(hideSecrets(value));

/** Shows a value that is public though it may look like a secret, such as a host or a SHA-256. */
export function quoteWhole(value: string): string {
  const characters = Array.from(value);
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : value);
}

/**
 * Describes the change of a value: `signed as …, arrived as …`.
 * @param ours As it was signed.
 * @param theirs As the gateway saw it.
 * @param isSecret Whether the values may be secret, so that only their length is told.
 * @param show Shows one of the values.
 */
export function showChange(ours: string, theirs: string, isSecret = false, show = quote): string {
  if (!isSecret) return `signed as ${show(ours)}, arrived as ${show(theirs)}`;
  return `its value changed (not shown; ${showLengths(ours.length, theirs.length)} characters)`;
}

const showLengths = (ours: number, theirs: number): string =>
  ours === theirs ? `both have ${ours}` : `signed with ${ours}, arrived with ${theirs}`;
