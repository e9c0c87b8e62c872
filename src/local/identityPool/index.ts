/** A Cognito identity pool. */
export { IDENTITY_POOL_OPTIONS } from './options.js';
export type { IdentityPoolOptions, IdentityPoolRoles } from './options.js';
export type { IdentityProvider, TrustedUserPool } from './providers.js';
export { startIdentityPool, startKeptIdentityPool } from './startIdentityPool.js';
export type { IdentityPoolOperation, LocalIdentityPool } from './startIdentityPool.js';
