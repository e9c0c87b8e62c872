/** The exports of both entries, beside `createApig` and `configure`. */
export {
  changePassword,
  confirmSignUp,
  forgotPassword,
  resendConfirmationCode,
  resetPassword,
  signUp,
} from './defaultAccount.js';
export {
  getAwsCredentials,
  getCurrentUser,
  getSession,
  getUserToken,
  invokeApig,
  login,
  logout,
  onSessionChange,
  ready,
  signOutUser,
} from './defaultApig.js';
export {
  cognitoIdentityCredentials,
  createAccount,
  deletePasskey,
  getPasskey,
  listPasskeys,
  registerPasskey,
} from '../cognito/index.js';
export type {
  Account,
  ApigConfig,
  ApiGatewaySettings,
  AsyncTokenStorage,
  CallUserPool,
  CodeChallenge,
  CodeDelivery,
  CognitoIdentityOptions,
  CognitoOptions,
  CognitoSettings,
  CustomChallenge,
  DeveloperIdentity,
  FirstFactor,
  IdTokenClaims,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  Passkey,
  PasskeyChallenge,
  PasskeyRequest,
  RegisteredPasskey,
  SelectChallenge,
  PartialApigConfig,
  PoolUser,
  SessionChange,
  SessionInfo,
  SessionListener,
  SelectMfaChallenge,
  SetupTotpChallenge,
  SignUpResult,
  TokenStorage,
  UserPoolCaller,
  UserPoolCallOptions,
} from '../cognito/index.js';
export {
  isApigError,
  isAuthError,
  isLoginChallengeError,
  isRequestError,
  isSigV4ClientError,
  isSigV4Error,
} from '../errorGuards.js';
export { ApigError, AuthError, LoginChallengeError, RequestError, SigV4ClientError, SigV4Error } from '../errors.js';
export type { AuthErrorCode, RequestErrorCode, SigV4ErrorCode } from '../errors.js';
export type {
  AwsCredentials,
  CredentialContext,
  CredentialProvider,
  Explanation,
  ExplanationCode,
  ForceRefresh,
  GivenCredentials,
} from '../util/index.js';
export type { Apig, BaseOptions, WithoutUserPool } from './createApig.js';
export type { CallDefaults } from './callDefaults.js';
export type { Retry, RetryOptions, SignedFetch, SignedFetchInit } from '../signedFetch/index.js';
export type { QueryValue } from '../sigv4/index.js';
export type { ApigRequest, ResponseBodies, ResponseType, UntypedInvokeApig } from './apiRequest.js';
export type { ServerSentEvent } from './serverSentEvents.js';
export type { InvokeApig, TypedInvokeApig, TypedRequest } from './typedCalls.js';
