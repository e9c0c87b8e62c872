/** A Cognito user pool. */
export { UserPoolError } from './errors.js';
export { USER_POOL_OPTIONS } from './options.js';
export { startKeptUserPool, startUserPool } from './startUserPool.js';
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
} from './types.js';
