/** The identity pool: temporary credentials for whoever is logged in, or for guests. */
export { cognitoIdentityCredentials, readLogins } from './cognitoIdentityCredentials.js';
export type { CognitoIdentityOptions } from './cognitoIdentityCredentials.js';
export { connectIdentityPool } from './connectIdentityPool.js';
export { readDeveloperIdentity } from './developerIdentity.js';
export { createGuestIdentity, guestKey } from './guestIdentity.js';
export { withPoolErrors } from './identityPoolError.js';
export { keepCredentials } from './keepCredentials.js';
export { GUEST, isEmpty, isGuest } from './types.js';
export type {
  ConnectIdentityPool,
  CredentialOwner,
  CredentialSharing,
  DeveloperIdentity,
  GuestIdentity,
  IdentityPool,
  Logins,
} from './types.js';
