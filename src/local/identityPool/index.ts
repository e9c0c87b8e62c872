/** A Cognito identity pool. */
export { startIdentityPool } from './startIdentityPool.js';
export type {
  IdentityPoolOperation,
  IdentityPoolOptions,
  IdentityProvider,
  KeySet,
  LocalIdentityPool,
  TrustedUserPool,
} from './startIdentityPool.js';
