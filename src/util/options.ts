/** Errors and checks for options that several rooms have. */
import { SigV4Error, typeTag } from '../sigv4/index.js';

/**
 * The error for an option that cannot be used.
 * @param option Its name.
 * @param expected What it can be.
 * @param came What came.
 * @returns SigV4Error `InvalidOption`
 */
export function invalidOption(option: string, expected: string, came: unknown): SigV4Error {
  return new SigV4Error('InvalidOption', option, expected, came);
}

/**
 * Checks a signal.
 * @param signal What was given as `signal`; `null` is none, as with fetch.
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
