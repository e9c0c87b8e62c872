/** AWS's names of refusals. */
import type { RefusalCode } from '../../verify/index.js';

/** AWS's names for what went wrong, sent as `x-amzn-errortype`. */
export type ErrorType =
  | 'AccessDeniedException'
  | 'BadRequestException'
  | 'ExpiredTokenException'
  | 'ForbiddenException'
  | 'IncompleteSignatureException'
  | 'InternalServerErrorException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'RequestEntityTooLargeException'
  | 'UnrecognizedClientException';

/** By the code of a refused signature. */
export const ERROR_TYPES: Record<RefusalCode, ErrorType> = {
  MissingAuthentication: 'MissingAuthenticationTokenException',
  AmbiguousAuthentication: 'InvalidSignatureException',
  IncompleteSignature: 'IncompleteSignatureException',
  UnsupportedAlgorithm: 'IncompleteSignatureException',
  InvalidDate: 'IncompleteSignatureException',
  InvalidExpires: 'IncompleteSignatureException',
  MalformedTarget: 'BadRequestException',
  MalformedQuery: 'BadRequestException',
  MalformedHost: 'BadRequestException',
  HostMismatch: 'BadRequestException',
  SignatureExpired: 'InvalidSignatureException',
  SignatureNotYetCurrent: 'InvalidSignatureException',
  RegionMismatch: 'InvalidSignatureException',
  ServiceMismatch: 'InvalidSignatureException',
  TerminatorMismatch: 'InvalidSignatureException',
  ScopeDateMismatch: 'InvalidSignatureException',
  HeaderNotSigned: 'InvalidSignatureException',
  UnknownAccessKey: 'UnrecognizedClientException',
  InvalidSessionToken: 'UnrecognizedClientException',
  CredentialsExpired: 'ExpiredTokenException',
  UnsignedPayload: 'InvalidSignatureException',
  PayloadHashMismatch: 'InvalidSignatureException',
  BodyMismatch: 'BadRequestException',
  SignatureMismatch: 'InvalidSignatureException',
};
