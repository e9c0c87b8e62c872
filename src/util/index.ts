/** What several rooms need. */
export { errorName, readAwsError } from './awsError.js';
export type { AwsErrorAnswer } from './awsError.js';
export { backoffDelay, MAX_TIMER, sleep } from './backoff.js';
export type { AwsCredentials, CredentialContext, CredentialProvider } from './credentials.js';
export { sleepWithin, startDeadline, throwIfAborted, withTimeout } from './deadline.js';
export type { Deadline } from './deadline.js';
export type { Explanation, ExplanationCode } from './explanation.js';
export { checkSignal, checkTimeout, invalidOption } from './options.js';
export { redact, safeCause } from './redact.js';
export { singleFlight } from './singleFlight.js';
