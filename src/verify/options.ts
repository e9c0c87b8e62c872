/** Checks the options of `verifyRequest`, and the result of its lookup. */
import { isMissing, knownOption, unknownOption } from '../sigv4/index.js';
import type { HashEngine } from '../sigv4/index.js';
import { isObject, timeOf } from '../util/index.js';
import { invalidOption } from './errors.js';
import type { VerifyCredentials, VerifyOptions } from './types.js';

const OPTIONS: readonly (keyof VerifyOptions)[] = [
  'credentials',
  'region',
  'service',
  'now',
  'maxSkewSeconds',
  'normalizePath',
  'doubleEncodePath',
  'allowUnsignedPayload',
  'requireSignedSessionToken',
  'unsignedHeaders',
  'hash',
];

/** The names of the options that are true or false. */
const FLAGS = ['normalizePath', 'doubleEncodePath', 'allowUnsignedPayload', 'requireSignedSessionToken'] as const;

/** The last time that can be written as `20150830T123600Z`: the end of the year 9999, in milliseconds since 1970. */
export const LAST_TIME = 253_402_300_799_999;

/** Whether a number of milliseconds since 1970 can be written as `20150830T123600Z`. */
export const isAmzTime = (time: number): boolean => time >= 0 && time <= LAST_TIME;

/**
 * Checks the options, and reads the clock.
 * @returns The time now, in milliseconds since 1970.
 * @throws VerifyError `InvalidOption`
 */
export function readOptions(options: VerifyOptions): number {
  if (!isObject(options)) throw invalidOption('options', 'an object', options);
  const unknown = unknownOption(options, OPTIONS);
  if (unknown !== undefined) {
    const expected = knownOption(unknown, OPTIONS);
    throw invalidOption(unknown, expected, Reflect.get(options, unknown));
  }
  for (const name of FLAGS) {
    // The text `false`, as an environment variable has it, would count as true.
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'boolean') throw invalidOption(name, 'true or false', value);
  }
  for (const name of ['region', 'service'] as const) {
    // `undefined`, as an environment variable that is not set gives it, is refused too: nothing would be checked otherwise.
    const value: unknown = options[name];
    if (name in options && (typeof value !== 'string' || value === '')) {
      throw invalidOption(name, 'a name; left out, any will do', value);
    }
  }
  const { credentials, maxSkewSeconds = 300, now = Date.now } = options;
  if (typeof credentials !== 'function') throw invalidOption('credentials', 'a function', credentials);
  if (!Number.isFinite(maxSkewSeconds) || maxSkewSeconds < 0) {
    throw invalidOption('maxSkewSeconds', 'seconds, 0 or more', maxSkewSeconds);
  }
  const { hash } = options as { hash?: Partial<HashEngine> | null };
  if (hash !== undefined && (typeof hash?.sha256 !== 'function' || typeof hash.hmac !== 'function')) {
    throw invalidOption('hash', 'an engine such as nodeHash', hash);
  }
  const { unsignedHeaders } = options;
  const areNames = Array.isArray(unsignedHeaders) && unsignedHeaders.every((name) => typeof name === 'string');
  if (unsignedHeaders !== undefined && !areNames) {
    throw invalidOption('unsignedHeaders', 'an array of header names', unsignedHeaders);
  }
  const time: unknown = typeof now === 'function' ? now() : now;
  if (typeof now === 'function' && isAmzTime(timeOf(time))) return timeOf(time);
  throw invalidOption('now', 'a function that gives a valid Date, or milliseconds since 1970', time);
}

/**
 * Checks the result of the lookup, which is often plain JavaScript over a database: a missing secret must not become the text
 * `undefined`. `null` counts as missing.
 * @throws VerifyError `InvalidOption`
 */
export function checkFound(found: Record<keyof VerifyCredentials, unknown>): void {
  const fail = (name: keyof VerifyCredentials, expected: string): never => {
    throw invalidOption(`credentials.${name}`, expected, found[name]);
  };
  const { secretAccessKey, sessionToken, expiration } = found;
  if (typeof secretAccessKey !== 'string' || secretAccessKey === '') {
    fail('secretAccessKey', 'a string that is not empty');
  }
  if (!isMissing(sessionToken) && typeof sessionToken !== 'string') fail('sessionToken', 'a string or undefined');
  if (!isMissing(expiration) && Number.isNaN(timeOf(expiration))) {
    fail('expiration', 'a valid Date, milliseconds since 1970, or undefined');
  }
}
