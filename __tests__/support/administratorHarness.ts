/** A pool for each test, and an administrator of it: AWS SDK v3's own client. */
import { sdkClientOf } from './sdkClient';
import type * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../src/local/userPool';
import type { LocalUserPool } from '../../src/local/userPool';

export const PASSWORD = 'Passw0rd!';
export const now = new Date('2030-01-02T03:04:05Z');
export let pool: LocalUserPool;
export let client: sdk.CognitoIdentityProviderClient;
beforeEach(async () => {
  const users = ['first@example.com', 'second@example.com'].map((username) => ({ username, password: PASSWORD }));
  pool = await startUserPool({ now: () => now, users, customAttributes: ['custom:plan'] });
  client = sdkClientOf(pool);
});
afterEach(async () => {
  client.destroy();
  await pool.stop();
});

export const here = () => ({ UserPoolId: pool.userPoolId });
export const named = (Username: string) => ({ ...here(), Username });
export const group = (GroupName: string) => ({ ...here(), GroupName });
