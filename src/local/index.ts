/** AWS on your own machine: a user pool, an identity pool and an API gateway that checks IAM signatures. */
export { startApiGateway } from './apiGateway/index.js';
export type { ApiGatewayOptions, LocalApiGateway, LoggedRequest } from './apiGateway/index.js';
export { CredentialStore, LocalAwsError } from './credentials/index.js';
export type { CredentialStoreOptions, IssueOptions, IssuedCredentials } from './credentials/index.js';
export type { ApiCaller, ApiHandler } from './apiGateway/index.js';
export { startIdentityPool } from './identityPool/index.js';
export type {
  IdentityPoolOperation,
  IdentityPoolOptions,
  IdentityProvider,
  KeySet,
  LocalIdentityPool,
  TrustedUserPool,
} from './identityPool/index.js';
export { createNotesApi } from './apiGateway/index.js';
export type { Note } from './apiGateway/index.js';
export type { Policy, PolicyStatement } from './apiGateway/index.js';
export { startUserPool, UserPoolError } from './userPool/index.js';
export type {
  AuthFlow,
  CodePurpose,
  CustomChallenge,
  JsonWebKeySet,
  LocalCode,
  LocalMfa,
  LocalUser,
  LocalUserPool,
  PasswordPolicy,
  UserPoolOptions,
} from './userPool/index.js';
export { startLocalAws } from './startLocalAws.js';
export type { LocalAws, LocalAwsOptions } from './startLocalAws.js';
