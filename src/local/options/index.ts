/** The checks that the options of all local services go through. */
export { checkPort, checkKnownOptions } from './checks.js';
export { readClock } from './clock.js';
export type { Clock } from './clock.js';
export { describeOption, LocalAwsError, optionError, withPart } from './errors.js';
export type { MakeOptionError } from './errors.js';
