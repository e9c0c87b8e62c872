/** What both entries export beside `createApig` and the default instance's functions. */
export { cognitoIdentityCredentials } from '../cognito.js';
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
} from '../cognito.js';
export { ApigError, AuthError, LoginChallengeError, RequestError, SigV4ClientError, SigV4Error } from '../errors.js';
export type {
  ApigErrorDetails,
  AuthErrorCode,
  RefusalExplanation,
  RequestErrorCode,
  SigV4ErrorCode,
} from '../errors.js';
export type { Apig, WithoutUserPool } from './core.js';
export type { ConfigAndOptions } from './defaults.js';
export type { ApigRequest, QueryValue, ResponseType } from './request.js';
