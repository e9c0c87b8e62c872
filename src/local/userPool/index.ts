/** A Cognito user pool. */
export { startUserPool, UserPoolError } from './startUserPool.js';
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
} from './startUserPool.js';
