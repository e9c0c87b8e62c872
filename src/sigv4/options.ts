/** Checks of options: the error names the option, what was expected and what came. */
import { SigV4Error } from './errors.js';
import type { SigV4ErrorCode } from './errors.js';
import { isMissing } from './values.js';

/** Text that is not empty, with nothing illegal in it. */
export function checkText(
  value: unknown,
  illegal: RegExp,
  code: SigV4ErrorCode,
  option: string,
  expected: string,
): string {
  if (typeof value === 'string' && value !== '' && !illegal.test(value)) return value;
  throw new SigV4Error(code, option, expected, value);
}

/** A secret access key or token. What was never set becomes the text `undefined` where text is put together. */
export const checkSecret = (value: unknown, option: string): string =>
  checkText(
    value,
    /[^!-~]|^(?:undefined|null)$/,
    'InvalidCredentials',
    option,
    "printable ASCII without spaces, and not the text 'undefined' or 'null'",
  );

/** What the `Authorization` header has between slashes and before a comma: the access key id, the region, the service. */
export const checkScopePart = (value: unknown, option: string, code: SigV4ErrorCode = 'InvalidOption'): string =>
  checkText(
    value,
    /[^!-~]|[/,]|^(?:undefined|null)$/,
    code,
    option,
    "printable ASCII without spaces, '/' and ',', and not the text 'undefined' or 'null'",
  );

/** A region or service, or missing: an empty one does not count. */
export function readScopePart(options: object, option: string): string | undefined {
  const value: unknown = Reflect.get(options, option);
  return isMissing(value) || value === '' ? undefined : checkScopePart(value, option);
}

/** How much two names have in common: the share of their pairs of letters. */
function likeness(one: string, other: string): number {
  const shared = Array.from(one).filter((_, i) => other.includes(one.slice(i, i + 2)));
  return shared.length / (one.length + other.length);
}

/**
 * The known name that is most like another.
 * @param name What was given.
 * @param known The known names.
 */
export const nearestName = (name: string, known: readonly string[]): string =>
  known.reduce((best, one) => (likeness(name, one) > likeness(name, best) ? one : best));

/**
 * The first option that is not known; `undefined` where all are, or are `undefined`.
 * @param options What was given.
 * @param known The names of the known ones.
 */
export const unknownOption = (options: object, known: readonly string[]): string | undefined =>
  Object.keys(options).find((name) => !known.includes(name) && Reflect.get(options, name) !== undefined);

/**
 * Refuses options that are not known, naming the nearest that is.
 * @throws SigV4Error `InvalidOption`
 */
export function checkKnown(options: object, known: readonly string[]): void {
  const name = unknownOption(options, known);
  if (name === undefined) return;
  const expected = `a known option, such as ${nearestName(name, known)}`;
  throw new SigV4Error('InvalidOption', name, expected, Reflect.get(options, name));
}
