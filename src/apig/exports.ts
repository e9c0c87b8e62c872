/** What both entries export beside `createApig` and the default instance's functions. */
export { cognitoIdentityCredentials } from '../cognito/index.js';
export type {
  ApigConfig,
  ApiGatewaySettings,
  CodeChallenge,
  CodeDelivery,
  CognitoIdentityOptions,
  CognitoOptions,
  CognitoSettings,
  CredentialContext,
  CredentialSource,
  CustomChallenge,
  LoginCallbacks,
  Logins,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  PartialApigConfig,
  SelectMfaChallenge,
  SetupTotpChallenge,
  SignUpResult,
  TemporaryCredentials,
  TokenStorage,
} from '../cognito/index.js';
export { ApigError, AuthError, LoginChallengeError, RequestError, SigV4ClientError, SigV4Error } from '../errors.js';
export type { ApigErrorDetails, AuthErrorCode, RequestErrorCode, SigV4ErrorCode } from '../errors.js';
export type { Apig, WithoutUserPool } from './createApig.js';
export type { ConfigAndOptions } from './defaultApig.js';
export type { ApigRequest, QueryValue, ResponseType } from './apiRequest.js';
