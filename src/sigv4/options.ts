/** Checks of options: the error names the option, what was expected and what came. */
import { invalidOption, SigV4Error } from './errors.js';
import type { MakeOptionError, SigV4ErrorCode } from './errors.js';
import { isMissing } from './values.js';

/** Checks that a value is text, is not empty, and holds nothing that `illegal` finds. */
export function checkText(
  value: unknown,
  illegal: RegExp,
  code: SigV4ErrorCode,
  option: string,
  expected: string,
): string {
  if (typeof value === 'string' && value !== '' && !illegal.test(value)) return value;
  throw new SigV4Error(code, option, value ? expected : 'text', value);
}

/** Checks a secret access key or a token. Text such as `undefined` is what an unset variable leaves in a template. */
export const checkSecret = (value: unknown, option: string): string =>
  checkText(
    value,
    /[^!-~]|^(?:undefined|null|A[KS]IA[A-Z0-9]{16})$/,
    'InvalidCredentials',
    option,
    "printable ASCII without spaces, no access key id, and not the text 'undefined' or 'null'",
  );

/** Checks an access key id. In `Credential=…` of the `Authorization` header, a slash would end it, and a comma the whole part. */
export const checkKeyId = (value: unknown, option: string): string =>
  checkText(
    value,
    /[^!-~]|[/,]|^(?:undefined|null)$/,
    'InvalidCredentials',
    option,
    "printable ASCII without spaces, '/' and ',', and not the text 'undefined' or 'null'",
  );

/** Finds characters that no region or service name has. So a secret set there by mistake is refused, and so is a region in capitals. */
const NAME = /[^\w.-]|^.{65}|^(?:undefined|null)$|^[A-Z]\w*-[A-Z]/;

/** Reads a region or service; an empty one counts as missing. */
export function readScopePart(options: object, option: string): string | undefined {
  const value: unknown = Reflect.get(options, option);
  if (isMissing(value) || value === '') return undefined;
  return checkText(
    value,
    NAME,
    'InvalidOption',
    option,
    `a name such as ${option === 'region' ? 'eu-west-1' : 'execute-api'}`,
  );
}

/** Names that other libraries have for our options, where the letters are too different to be compared. */
const ELSEWHERE: Readonly<Record<string, string>> = { accessKey: 'credentials', data: 'body', url: 'path' };

/** How alike two names are, from 0 to 1: the share of neighbouring letter pairs that both have, whatever their case. */
function likeness(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  const shared = Array.from(a).filter((_, i) => b.includes(a.slice(i, i + 2)));
  return shared.length / (a.length + b.length);
}

/** Names that are less alike than this are not offered as a correction. */
const LEAST_LIKENESS = 0.15;

/**
 * The known name that is most like another; `undefined` where none is.
 * @param name What was given.
 * @param known The known names.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const elsewhere = Object.keys(ELSEWHERE).includes(name) ? ELSEWHERE[name]! : '';
  if (known.includes(elsewhere) && !known.some((one) => one.toLowerCase() === name.toLowerCase())) return elsewhere;
  const nearest = known.reduce((best, one) => (likeness(name, one) > likeness(name, best) ? one : best));
  return likeness(name, nearest) < LEAST_LIKENESS ? undefined : nearest;
}

/**
 * What an error says was expected in place of an option that is not known.
 * @param name What was given.
 * @param known The known names.
 * @param at What stands before the names, such as `retry.`. Default: nothing.
 */
export function knownOption(name: string, known: readonly string[], at = ''): string {
  const nearest = nearestName(name, known);
  return `a known option, ${nearest === undefined ? `one of ${known.join(', ')}` : `such as ${at}${nearest}`}`;
}

/**
 * The first option that is not known; `undefined` where all are, or are `undefined`.
 * @param options What was given.
 * @param known The names of the known ones.
 */
export const unknownOption = (options: object, known: readonly string[]): string | undefined =>
  Object.keys(options).find((name) => !known.includes(name) && Reflect.get(options, name) !== undefined);

/** Names that are at least this much alike are taken for the same name with a typing error. */
const SLIP_LIKENESS = 0.34;

/**
 * Refuses known names with a typing error, such as `metod`, where names that are not known are allowed otherwise.
 * @param given What was given.
 * @param known The known names.
 * @throws SigV4Error `InvalidOption`
 */
export function checkSpelling(given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    const value: unknown = Reflect.get(given, name);
    const nearest = known.includes(name) ? undefined : nearestName(name, known);
    if (nearest === undefined || nearest in given || value === undefined) continue;
    if (likeness(name, nearest) < SLIP_LIKENESS) continue;
    throw invalidOption(name, `it under the name ${nearest}`, value);
  }
}

/**
 * Refuses options that are not known, naming the nearest that is. Options that are `undefined` count as not given.
 * @param options What was given.
 * @param known The names of the known ones.
 * @param makeError Makes the error. Default: a SigV4Error.
 * @param place What they are options of, such as `retry`. Default: nothing.
 * @throws what `makeError` makes
 */
export function checkKnown(
  options: object,
  known: readonly string[],
  makeError: MakeOptionError = invalidOption,
  place = '',
): void {
  const name = unknownOption(options, known);
  if (name === undefined) return;
  const at = place && `${place}.`;
  throw makeError(at + name, knownOption(name, known, at), Reflect.get(options, name));
}

/**
 * Refuses an option that is neither on nor off, such as the text `false` of an environment variable, which would count as on.
 * @param options What was given.
 * @param names The names of options that are true, false or missing.
 * @param makeError Makes the error. Default: a SigV4Error.
 * @throws what `makeError` makes
 */
export function checkFlags(
  options: object,
  names: readonly string[],
  makeError: MakeOptionError = invalidOption,
): void {
  for (const name of names) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && typeof value !== 'boolean') throw makeError(name, 'true or false', value);
  }
}

/**
 * Refuses what a stage of the specification cannot take: `undefined` put together with text would become part of the text.
 * @param input What was given.
 * @param names Those of its fields that are text.
 * @param others Those that are not.
 * @throws SigV4Error `InvalidOption`
 */
export function checkStage(input: object, names: readonly string[], others: readonly string[] = []): void {
  if (Object(input) !== input) throw invalidOption('input', 'an object', input);
  checkKnown(input, [...names, ...others]);
  for (const name of names) {
    const value: unknown = Reflect.get(input, name);
    if (typeof value !== 'string') throw invalidOption(name, 'text', value);
  }
}
