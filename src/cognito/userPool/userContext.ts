/** What the user pool's threat protection is told of the device. */
import type { UserPoolConfig } from '../shared/index.js';

/** AWS's script `amazon-cognito-advanced-security-data.min.js`, where a page has loaded it. */
interface SecurityScript {
  getData?: (username: string, userPoolId: string, clientId: string) => unknown;
}

/**
 * The device's fingerprint, where the page has AWS's script for it.
 * @param config The user pool.
 * @param username The name that goes with it.
 * @returns `UserContextData`; undefined where there is none.
 */
export function userContext({ userPoolId, clientId }: UserPoolConfig, username: string): object | undefined {
  const { AmazonCognitoAdvancedSecurityData: script } = globalThis as {
    AmazonCognitoAdvancedSecurityData?: SecurityScript;
  };
  const EncodedData = script?.getData?.(username, userPoolId, clientId);
  return typeof EncodedData === 'string' && EncodedData !== '' ? { EncodedData } : undefined;
}
