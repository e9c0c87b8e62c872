/** The device's fingerprint for the user pool's threat protection. */
import type { UserPoolConfig } from '../shared/index.js';

/** The global object of AWS's script `amazon-cognito-advanced-security-data.min.js`, which a page may have loaded. */
interface SecurityScript {
  getData?: (username: string, userPoolId: string, clientId: string) => unknown;
}

/**
 * The device's fingerprint, where the page has AWS's script for it.
 * @param config The user pool.
 * @param username The name that the request states.
 * @returns The request's `UserContextData`; `undefined` where the page has no such script.
 */
export function userContext({ userPoolId, clientId }: UserPoolConfig, username: string): object | undefined {
  const { AmazonCognitoAdvancedSecurityData: script } = globalThis as {
    AmazonCognitoAdvancedSecurityData?: SecurityScript;
  };
  const EncodedData = script?.getData?.(username, userPoolId, clientId);
  return typeof EncodedData === 'string' && EncodedData !== '' ? { EncodedData } : undefined;
}
