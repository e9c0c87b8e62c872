/** Errors and checks for options that several rooms have. */
import { checkKnown, invalidOption, typeTag } from '../sigv4/index.js';
import type { MakeOptionError } from '../sigv4/index.js';
import { isObject } from './values.js';

/**
 * Checks that options are an object, and that all of them are known: the error names the nearest that is.
 * @param options What was given. Those that are `undefined` count as not given.
 * @param known The names of the known ones.
 * @param makeError Makes the error.
 * @param place What they are options of, such as `retry`. Default: nothing.
 * @throws what `makeError` makes
 */
export function checkOptions(
  options: unknown,
  known: readonly string[],
  makeError: MakeOptionError = invalidOption,
  place = '',
): void {
  if (!isObject(options)) throw makeError(place || 'options', 'an object', options);
  checkKnown(options, known, makeError, place);
}

/**
 * Checks a signal.
 * @param signal What was given as `signal`; `null` counts as no signal, as with fetch.
 * @throws SigV4Error `InvalidOption`
 */
export function checkSignal(signal: AbortSignal | null | undefined): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (typeTag(signal) === 'AbortSignal') return signal; // also that of a polyfill or another frame
  throw invalidOption('signal', 'an AbortSignal', signal);
}

/**
 * Checks a timeout.
 * @param timeout What was given as `timeout`: milliseconds.
 * @throws SigV4Error `InvalidOption`
 */
export function checkTimeout(timeout: number | undefined): number | undefined {
  if (timeout === undefined || (Number.isFinite(timeout) && timeout > 0)) return timeout;
  throw invalidOption('timeout', 'milliseconds above 0', timeout);
}
