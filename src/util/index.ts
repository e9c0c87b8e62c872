/** What several rooms need. */
export {
  awsErrorOf,
  errorName,
  isCloudFrontPage,
  isHtml,
  MAX_REFUSAL_LENGTH,
  readAwsError,
  textOfElement,
} from './awsError.js';
export { backoffDelay, MAX_TIMER, sleep } from './backoff.js';
export { areFarApart, MAX_SKEW, NOTABLE_DRIFT, readClock } from './clock.js';
export { cognitoIdentityProvider } from './cognitoProvider.js';
export type {
  AwsCredentials,
  CredentialContext,
  CredentialProvider,
  ForceRefresh,
  GivenCredentials,
} from './credentials.js';
export { equalInConstantTime } from './constantTime.js';
export { sleepWithin, startDeadline, throwIfAborted, withTimeout } from './deadline.js';
export type { Deadline } from './deadline.js';
export type { Explanation, ExplanationCode } from './explanation.js';
export { MONTHS, parseHttpDate } from './httpDate.js';
export { checkOptions, checkSignal, checkTimeout } from './options.js';
export { checkKnown, describeValue, invalidOption, optionMessage, timeOf } from '../sigv4/index.js';
export type { MakeOptionError } from '../sigv4/index.js';
export { parseJson } from './json.js';
export type { JsonBodyOf, JsonOf, OperationIn, ParametersAt, SucceededOf } from './openApiPaths.js';
export { parseUrl } from './parseUrl.js';
export { looksSecret, redact, safeCause, secretsIn } from './redact.js';
export { readHost, readRequestTarget, resolvePath } from './requestTarget.js';
export type { RequestTarget } from './requestTarget.js';
export { singleFlight } from './singleFlight.js';
export { isObject } from './values.js';
