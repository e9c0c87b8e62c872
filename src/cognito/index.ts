/**
 * Cognito: users, their sessions, and their temporary credentials. Needs no library: what works over aws-sdk is in `awsSdk/`, and over
 * amazon-cognito-identity-js in `amazonCognitoIdentityJs/`.
 */
export { createCognito } from './createCognito.js';
export type { Identity } from './identity.js';
export { COGNITO_OPTIONS } from './options.js';
export type { CognitoConnections } from './pools.js';
export type { IdTokenClaims, SessionChange, SessionInfo } from './sessionChange.js';
export type { SessionListener } from './sessionEvents.js';
export { cognitoIdentityCredentials, connectIdentityPool } from './identityPool/index.js';
export type { CognitoIdentityOptions, DeveloperIdentity } from './identityPool/index.js';
export { unknownSetting } from './shared/index.js';
export type { ApigConfig, ApiGatewaySettings, CognitoSettings, PartialApigConfig } from './shared/index.js';
export type { Cognito, CognitoCore, CognitoOptions } from './types.js';
export {
  connectUserPool,
  createAccount,
  deletePasskey,
  getPasskey,
  listPasskeys,
  registerPasskey,
  sessionChanged,
} from './userPool/index.js';
export type {
  Account,
  AsyncTokenStorage,
  CallUserPool,
  CodeChallenge,
  CodeDelivery,
  CustomChallenge,
  FirstFactor,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  Passkey,
  PasskeyChallenge,
  PasskeyRequest,
  RegisteredPasskey,
  SelectChallenge,
  PoolUser,
  SelectMfaChallenge,
  SetupTotpChallenge,
  SignUpResult,
  TokenStorage,
  UserPoolCaller,
  UserPoolCallOptions,
} from './userPool/index.js';
