/** A `fetch` that signs: fresh credentials, retries, a clock that corrects itself. */
export { createClock } from './clock.js';
export { createSignedFetch } from './signedFetch.js';
export type { CallOptions, SignedFetch, SignedFetchInit, SignedFetchOptions } from './signedFetch.js';
export { sentRequest } from './send.js';
export type { Clock, Retry, RetryOptions, SentRequest, SigningOptions } from './types.js';
export type { AwsCredentials, CredentialContext, CredentialProvider, GivenCredentials } from '../util/index.js';

// For the other rooms.
export { isTextOrBytes, openBody, readBytes, toBytes } from './body.js';
export { explainRefusal } from './explainRefusal.js';
export { readFetchArguments } from './fetchArguments.js';
export { prepareRequest, readDestination } from './prepareRequest.js';
export type { CallInput } from './prepareRequest.js';
export { REFUSAL_STATUSES } from './refusal.js';
export { readErrorText } from './response.js';
export { firstHop, isRedirect, nextHop, unsignedRequest } from './redirect.js';
export type { Hop } from './redirect.js';
export { refuseRedirect } from './report.js';
export { createRetryPolicy, mergeRetries } from './retryPolicy.js';
export { rememberSent, sendRequest } from './send.js';
export type { Sender } from './send.js';
export { checkSigningOptions, createRequestSigner } from './signer.js';
export type { AttemptSigner, RequestSigner } from './signer.js';
export { createUnsignedSigner } from './unsignedSigner.js';
export type { HttpRequest, PreparedRequest } from './types.js';
