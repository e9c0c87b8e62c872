/**
 * AWS on your own machine: a user pool, an identity pool, and APIs that check IAM signatures.
 * @module sigv4-client/local
 */
export { startApiGateway } from './apiGateway/index.js';
export type {
  ApiCaller,
  ApiContext,
  ApiGatewayOptions,
  ApiHandler,
  CorsOptions,
  LocalApiGateway,
  LoggedRequest,
} from './apiGateway/index.js';
export { CredentialStore } from './credentials/index.js';
export type { CredentialStoreOptions, IssuedCredentials, IssuedLogin, IssueOptions } from './credentials/index.js';
export type { Policy, PolicyConditions, PolicyPrincipal, PolicyStatement } from './iam/index.js';
export type { JsonWebKeySet, KeySet, PublicJsonWebKey } from './http/index.js';
export { startIdentityPool } from './identityPool/index.js';
export type {
  IdentityPoolOperation,
  IdentityPoolOptions,
  IdentityPoolRoles,
  IdentityProvider,
  LocalIdentityPool,
  TrustedUserPool,
} from './identityPool/index.js';
export { lambdaHandler, loadHandler } from './lambda/index.js';
export type {
  LambdaCallback,
  LambdaContext,
  LambdaFrontend,
  LambdaFunction,
  LambdaHandlerOptions,
  PayloadFormat,
  LambdaOption,
} from './lambda/index.js';
export type { LocalApiOptions, LocalAwsOptions } from './localAwsOptions.js';
export { LocalAwsError } from './options/index.js';
export { startLocalAws } from './startLocalAws.js';
export type { LocalAws, LocalAwsFor, LocalAwsWithWebSocketApi } from './startLocalAws.js';
export { startUserPool, UserPoolError } from './userPool/index.js';
export type {
  AuthFlow,
  FirstFactor,
  CodePurpose,
  CustomChallenge,
  LocalCode,
  LocalMfa,
  LocalUser,
  LocalUserPool,
  PasskeyOptions,
  PasswordPolicy,
  RefreshTokenRotation,
  UserPoolOptions,
} from './userPool/index.js';
export { startWebSocketApi } from './webSocketApi/index.js';
export type { RefusalCode } from '../verify/index.js';
export type {
  LocalWebSocketApi,
  ManagementApi,
  RouteFunction,
  RouteOptions,
  Routes,
  WebSocketApiOptions,
} from './webSocketApi/index.js';
