/** Where a command's keys come from. */
export { CREDENTIAL_ENVIRONMENT, CREDENTIAL_OPTIONS, findCredentials } from './findCredentials.js';
