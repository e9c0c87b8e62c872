/**
 * The front door: the signer, the fetch that signs, why a signature was refused, and the errors. Needs crypto-js alone.
 * @module sigv4-client
 */
export {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  cryptoJsHash,
  default,
  deriveSigningKey,
  newClient,
  sha256Hex,
  SigV4ClientError,
  SigV4Error,
} from './sigv4/index.js';
export type {
  CanonicalRequestInput,
  ClientConfig,
  ClientConfigWithCredentials,
  HashEngine,
  HeaderParams,
  Pair,
  QueryParams,
  QueryValue,
  RequestBody,
  RequestToPresign,
  RequestToSign,
  SignedBody,
  SignedHeadersOptions,
  SignedRequest,
  SigningKeyInput,
  SigV4Client,
  SigV4ErrorCode,
  StringToSignInput,
} from './sigv4/index.js';
export {
  isApigError,
  isAuthError,
  isLoginChallengeError,
  isRequestError,
  isSigV4ClientError,
  isSigV4Error,
} from './errorGuards.js';
export { ApigError, AuthError, LoginChallengeError, RequestError } from './errors.js';
export type { AuthErrorCode, RequestErrorCode } from './errors.js';
export { explain } from './explain/index.js';
export type {
  Explanation,
  ExplanationCode,
  ExplainOptions,
  HeaderSource,
  Refusal,
  SignedParts,
} from './explain/index.js';
export { createClock, createSignedFetch, sentRequest } from './signedFetch/index.js';
export type {
  AwsCredentials,
  CallOptions,
  Clock,
  CredentialContext,
  CredentialProvider,
  GivenCredentials,
  Retry,
  RetryOptions,
  SentRequest,
  SignedFetch,
  SignedFetchInit,
  SignedFetchOptions,
  SigningOptions,
} from './signedFetch/index.js';
