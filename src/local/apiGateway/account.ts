/** The account that the local APIs belong to. */
import type { IssuedCredentials } from '../credentials/index.js';

/** The account number of AWS's own examples. */
export const ACCOUNT_ID = '123456789012';

/** The role that credentials are for: their own, or the identity pool's for users or for guests. */
export const roleOf = ({ role, authenticated }: Pick<IssuedCredentials, 'role' | 'authenticated'>): string =>
  role ?? (authenticated ? 'Cognito_localAuth_Role' : 'Cognito_localUnauth_Role');
