/** The checks that the options of all local services go through. */
export { checkPort } from './checks.js';
export { openClock } from './clock.js';
export type { Clock } from './clock.js';
export { errorListener } from './errorListener.js';
export { describeOption, LocalAwsError, optionError, withPart } from './errors.js';
