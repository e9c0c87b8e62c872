/**
 * AWS Signature Version 4, one step of the specification a file.
 * Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export { default, newClient } from './newClient.js';
export { createCanonicalRequest, UNSIGNED_PAYLOAD } from './canonicalRequest.js';
export type { CanonicalRequestInput } from './canonicalRequest.js';
export { ALGORITHM, createStringToSign, SCOPE_TERMINATOR } from './stringToSign.js';
export type { StringToSignInput } from './stringToSign.js';
export { deriveSigningKey } from './signingKey.js';
export type { SigningKeyInput } from './signingKey.js';
export { calculateSignature } from './signature.js';
export { cryptoJsHash, sha256Hex } from './cryptoJsHash.js';
export { SigV4ClientError, SigV4Error } from './errors.js';
export type { SigV4ErrorCode } from './errors.js';
export type {
  ClientConfig,
  ClientConfigWithCredentials,
  GivenCredentials,
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
  SigV4Client,
} from './types.js';

// For the other rooms.
export { isAmzTime, LAST_TIME, parseAmzDate, toAmzDate } from './amzDate.js';
export { foldSpace, signedHeaderNames, signedHeadersRule } from './canonicalHeaders.js';
export { canonicalPath } from './canonicalPath.js';
export { canonicalQuery, sortPairs } from './canonicalQuery.js';
export { joinCanonicalRequest } from './canonicalRequest.js';
export { EMPTY_HASH } from './authorizationHeader.js';
export { FLAGS, readKeys } from './clientConfig.js';
export { bytesOf, encodeRfc3986, hexToBytes, toHex, utf8Bytes, wellFormed } from './encoding.js';
export { checkSignedHost, parseEndpoint } from './endpoint.js';
export { helpUrl, invalidOption, isErrorNamed, optionMessage } from './errors.js';
export type { MakeOptionError } from './errors.js';
export { awsDomain } from './partitions.js';
export {
  checkFlags,
  checkKnown,
  checkSpelling,
  knownOption,
  nearestName,
  readScopePart,
  unknownOption,
} from './options.js';
export { byteHash } from './cryptoJsHash.js';
export { MAX_EXPIRES } from './presignedUrl.js';
export { checkPlatform } from './platform.js';
export { readRequest } from './request.js';
export type { Destination } from './requestTarget.js';
export { FORM_TYPE, serializeBody } from './requestBody.js';
export { CONTENT_HASH, statedHash } from './signer.js';
export { isS3Service, readAwsHost, takesNoPayloadHash } from './signingNames.js';
export { checkBoundary, lacksBoundary } from './requestHeaders.js';
export { describeValue, isMissing, timeOf, typeTag } from './values.js';
