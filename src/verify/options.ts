/** Checks the options of `verifyRequest`, and the result of its lookup. */
import { checkFlags, isMissing, timeOf } from '../sigv4/index.js';
import type { HashEngine } from '../sigv4/index.js';
import { checkOptions, MAX_SKEW, readClock } from '../util/index.js';
import { optionError } from './errors.js';
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

/** The largest skew, in seconds: one of more than a day was meant as milliseconds. */
const LARGEST_SKEW = 86_400;

/**
 * Checks the options, and reads the clock.
 * @returns The time now, in milliseconds since 1970.
 * @throws VerifyError `InvalidOption`
 */
export function readOptions(options: VerifyOptions): number {
  checkOptions(options, OPTIONS, optionError);
  checkFlags(options, FLAGS, optionError);
  for (const name of ['region', 'service'] as const) {
    // `undefined`, as an environment variable that is not set gives it, is refused too: nothing would be checked otherwise.
    const value: unknown = options[name];
    if (name in options && (typeof value !== 'string' || value === '')) {
      throw optionError(name, 'a name; left out, any will do', value);
    }
  }
  const { credentials, maxSkewSeconds = MAX_SKEW / 1000 } = options;
  if (typeof credentials !== 'function') throw optionError('credentials', 'a function', credentials);
  if (!(Number.isFinite(maxSkewSeconds) && maxSkewSeconds >= 0 && maxSkewSeconds <= LARGEST_SKEW)) {
    throw optionError('maxSkewSeconds', `seconds, from 0 to a day's ${LARGEST_SKEW}`, maxSkewSeconds);
  }
  const { hash } = options as { hash?: Partial<HashEngine> | null };
  if (hash !== undefined && (typeof hash?.sha256 !== 'function' || typeof hash.hmac !== 'function')) {
    throw optionError('hash', 'an engine such as nodeHash', hash);
  }
  const { unsignedHeaders } = options;
  const areNames = Array.isArray(unsignedHeaders) && unsignedHeaders.every((name) => typeof name === 'string');
  if (unsignedHeaders !== undefined && !areNames) {
    throw optionError('unsignedHeaders', 'an array of header names', unsignedHeaders);
  }
  return readClock(options.now, optionError)();
}

/**
 * Checks the result of the lookup, which is often plain JavaScript over a database: a missing secret must not become the text
 * `undefined`. `null` counts as missing.
 * @throws VerifyError `InvalidOption`
 */
export function checkFound(found: Record<keyof VerifyCredentials, unknown>): void {
  const fail = (name: keyof VerifyCredentials, expected: string): never => {
    throw optionError(`credentials.${name}`, expected, found[name]);
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
