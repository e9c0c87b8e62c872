/**
 * In the place of the SDK that API Gateway generates, and of the package aws-api-gateway-client: their calls, without generating
 * anything, from the API's export.
 * @module sigv4-client/generated-sdk
 */
export { ApigClientError } from './apigClientError.js';
export { apigClientFactory } from './apigClientFactory.js';
export type { InvokeApiClient, InvokeApiConfig } from './apigClientFactory.js';
export type { ApigClientConfig } from './clientConfig.js';
export { createApigClientFactory } from './createApigClientFactory.js';
export type { ApigClientFactory, ApigClientFactoryOptions } from './createApigClientFactory.js';
export type {
  AdditionalParams,
  ApigClient,
  ApigClientErrorDetails,
  ApigMethod,
  ApigResult,
  DocumentWithPaths,
  ResultConfig,
} from './types.js';
export { SigV4ClientError } from '../errors.js';
export type {
  AwsCredentials,
  CredentialContext,
  CredentialProvider,
  GivenCredentials,
  Retry,
  RetryOptions,
} from '../signedFetch/index.js';
export type { Explanation, ExplanationCode } from '../util/index.js';
