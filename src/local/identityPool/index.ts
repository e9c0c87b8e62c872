/** A Cognito identity pool. */
export { IDENTITY_POOL_OPTIONS } from './options.js';
export type { IdentityPoolOptions } from './options.js';
export type { IdentityProvider, KeySet, TrustedUserPool } from './providers.js';
export { startIdentityPool } from './startIdentityPool.js';
export type { IdentityPoolOperation, LocalIdentityPool } from './startIdentityPool.js';
