/** Checks settings and options, with errors that name the setting, what was expected and what came. */
import { AuthError } from '../../errors.js';
import { describeValue, looksSecret, MAX_TIMER, optionMessage } from '../../util/index.js';

/**
 * The error for a setting that cannot be used.
 * @param name The setting, such as `cognito.REGION`.
 * @param expected What it can be.
 * @param value What came.
 * @returns AuthError `InvalidConfig`
 */
export function unexpected(name: string, expected: string, value: unknown): AuthError {
  return new AuthError('InvalidConfig', optionMessage(name, expected, describeSetting(value)));
}

/** Longer texts, in characters, are not shown in messages: no id, region or address of AWS's is as long. */
const LONGEST_SHOWN = 200;

/**
 * Describes for a message what came as a setting. Ids, regions and URLs are shown. Of text that may be a secret, or may hold one, as
 * a URL's query and user name do, only the length is told.
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
 * The error for an option that is not known. It may be a secret, so that nothing of its text is shown but the length.
 * @param name The option.
 * @param expected What it can be.
 * @param value What came.
 * @returns AuthError `InvalidConfig`
 */
export function unknownSetting(name: string, expected: string, value: unknown): AuthError {
  return new AuthError('InvalidConfig', optionMessage(name, expected, describeValue(value)));
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

/** How long one answer of a pool may take by default, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

/**
 * Checks how long one answer may take, and limits it to the longest time of a timer.
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
 * Checks a text that a user has typed.
 * @param value What was given.
 * @param name What it is, such as `password`.
 * @param expected What it can be.
 * @throws AuthError `InvalidInput`, which shows nothing of the text
 */
export function checkInput(value: unknown, name: string, expected: string): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw unusableInput(name, expected, value);
}

/**
 * The error for input that cannot be used. Of a number, which may be a code, only its type is told.
 * @param name What it is, such as `password`.
 * @param expected What it can be.
 * @param value What came.
 * @returns AuthError `InvalidInput`
 */
export function unusableInput(name: string, expected: string, value: unknown): AuthError {
  const came = typeof value === 'number' ? 'a number' : describeValue(value);
  return new AuthError('InvalidInput', optionMessage(name, expected, value === '' ? 'none' : came));
}
