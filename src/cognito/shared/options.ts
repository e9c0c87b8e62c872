/** Checks of settings and options: what cannot be used is refused with its name, what was expected and what came. */
import { AuthError } from '../../errors.js';
import { describeValue, knownOption, looksSecret, MAX_TIMER, timeOf, unknownOption } from '../../util/index.js';

/**
 * What a setting that cannot be used is refused with.
 * @param name The setting, such as `cognito.REGION`.
 * @param expected What it can be.
 * @param value What came.
 * @returns AuthError `InvalidConfig`
 */
export function unexpected(name: string, expected: string, value: unknown): AuthError {
  return new AuthError('InvalidConfig', `${name}: expected ${expected}, got ${describeSetting(value)}`);
}

/** The longest text that may stand in a message: no id, region or address of AWS's is longer. */
const LONGEST_SHOWN = 200;

/**
 * What came as a setting, for a message. Ids, regions and URLs are shown, since settings are such. What may be a secret that
 * was set by mistake, or may hold one, as a URL's query and user name do, is told by its length alone.
 * @param value What came.
 */
export function describeSetting(value: unknown): string {
  if (typeof value === 'string') {
    if (value === '') return 'an empty string';
    const isShown = value.length <= LONGEST_SHOWN && !/[@?#]/.test(value) && !looksSecret(value);
    return isShown ? `'${value}'` : describeValue(value);
  }
  return describeValue(value);
}

/**
 * Refuses options that are not known, naming the nearest that is. Options that are `undefined` count as not given.
 * @param options What was given.
 * @param known The names of the known ones.
 * @param prefix What stands before the names in messages. Default: nothing.
 * @throws AuthError `InvalidConfig`
 */
export function checkKnown(options: object, known: readonly string[], prefix = ''): void {
  if (Object(options) !== options)
    throw unexpected(prefix === '' ? 'options' : prefix.slice(0, -1), 'an object', options);
  const name = unknownOption(options, known);
  if (name === undefined) return;
  // Whatever it is, it may be a secret: text is told by its length alone.
  const came = describeValue(Reflect.get(options, name));
  throw new AuthError('InvalidConfig', `${prefix}${name}: expected ${knownOption(name, known, prefix)}, got ${came}`);
}

/**
 * Checks the ARN of a role.
 * @param role What was given as `role`.
 * @throws AuthError `InvalidConfig`
 */
export function checkRole(role: unknown): void {
  if (typeof role === 'string' && /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role)) return;
  throw unexpected('role', 'the ARN of a role, such as arn:aws:iam::123456789012:role/Editors', role);
}

/** How long one answer of a pool may take where nothing else is stated, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

/**
 * How long one answer may take, as a timer takes it.
 * @param given What was given, in milliseconds. Default 30000.
 * @param name The option's name.
 * @throws AuthError `InvalidConfig`
 */
export function answerTimeout(given: unknown, name: string): number {
  if (given === undefined) return DEFAULT_TIMEOUT;
  if (typeof given === 'number' && given > 0) return Math.min(given, MAX_TIMER);
  throw unexpected(name, 'milliseconds above 0', given);
}

/**
 * The app's own clock, whichever form it gives the time in.
 * @param now What was given as `now`: gives a Date, or milliseconds since 1970.
 * @returns It in one form; `undefined` where the device's clock is to be used.
 * @throws AuthError `InvalidConfig`
 */
export function readClock(now: unknown): (() => Date) | undefined {
  if (now === undefined) return undefined;
  if (typeof now === 'function') return () => new Date(timeOf((now as () => unknown)()));
  throw unexpected('now', 'a function that gives a Date, or milliseconds since 1970', now);
}

/**
 * Checks what a user has typed, or what stands in its place.
 * @param value What was given.
 * @param name What it is, such as `password`.
 * @param expected What it can be.
 * @throws AuthError `InvalidInput`, which shows nothing of it
 */
export function checkInput(value: unknown, name: string, expected: string): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw unusableInput(name, expected, value);
}

/**
 * What input that cannot be used is refused with. A number may be a code: it is told by its kind alone.
 * @param name What it is, such as `password`.
 * @param expected What it can be.
 * @param value What came.
 * @returns AuthError `InvalidInput`
 */
export function unusableInput(name: string, expected: string, value: unknown): AuthError {
  const came = typeof value === 'number' ? 'a number' : describeValue(value);
  return new AuthError('InvalidInput', `${name}: expected ${expected}, got ${value === '' ? 'none' : came}`);
}
