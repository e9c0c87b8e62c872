/** What both entries export beside `createApig` and `configure`. */
export {
  changePassword,
  confirmSignUp,
  forgotPassword,
  getAwsCredentials,
  getCurrentUser,
  getUserToken,
  invokeApig,
  login,
  logout,
  resendConfirmationCode,
  resetPassword,
  signOutUser,
  signUp,
} from './defaultApig.js';
export { cognitoIdentityCredentials } from '../cognito/index.js';
export type {
  ApigConfig,
  ApiGatewaySettings,
  CodeChallenge,
  CodeDelivery,
  CognitoIdentityOptions,
  CognitoOptions,
  CognitoSettings,
  CustomChallenge,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  PartialApigConfig,
  SelectMfaChallenge,
  SetupTotpChallenge,
  SignUpResult,
  TokenStorage,
} from '../cognito/index.js';
export { ApigError, AuthError, LoginChallengeError, RequestError, SigV4ClientError, SigV4Error } from '../errors.js';
export type { AuthErrorCode, RequestErrorCode, SigV4ErrorCode } from '../errors.js';
export type {
  AwsCredentials,
  CredentialContext,
  CredentialProvider,
  Explanation,
  ExplanationCode,
} from '../util/index.js';
export type { Apig } from './createApig.js';
export type { ApigRequest, QueryValue, ResponseType } from './apiRequest.js';
