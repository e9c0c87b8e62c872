/** The temporary credentials that the identity pool issues and the API gateway checks. */
export { awsId } from './awsId.js';
export { CredentialStore } from './credentialStore.js';
export type { CredentialStoreOptions, IssuedCredentials, IssuedLogin, IssueOptions } from './credentialStore.js';
