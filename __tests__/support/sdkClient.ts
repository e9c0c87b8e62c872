/** AWS SDK v3's client of a local user pool. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { LocalUserPool } from '../../src/local';

/** Makes one, with keys that the pool does not look at, and without further attempts. */
export const sdkClientOf = (pool: Pick<LocalUserPool, 'url' | 'region'>): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint: pool.url,
    region: pool.region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    maxAttempts: 1,
  });
