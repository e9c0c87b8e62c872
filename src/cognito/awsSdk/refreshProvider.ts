/** Gets new credentials from a provider of aws-sdk. */
import type { AwsCredentials } from '../../util/index.js';
import { isEmpty } from '../identityPool/index.js';
import type { Logins } from '../identityPool/index.js';
import type { Aws } from './loadAwsSdk.js';

/** A user's provider of credentials. */
export type Provider = InstanceType<Aws['CognitoIdentityCredentials']>;

/**
 * Gets new credentials.
 * @param provider The user's provider.
 * @param logins The user's tokens, by identity provider; empty for guests.
 * @param identityId The identity, where it is known.
 * @throws what aws-sdk throws
 */
export async function refreshProvider(
  provider: Provider,
  logins: Logins,
  identityId: string | undefined,
): Promise<AwsCredentials> {
  if (identityId !== undefined) Object.assign(provider.params, { IdentityId: identityId });
  const remembered = Reflect.get(provider.params, 'IdentityId') !== undefined;
  if (!isEmpty(logins)) Object.assign(provider.params, { Logins: { ...logins } }); // the SDK does not renew the tokens itself
  try {
    await provider.refreshPromise();
  } catch (error) {
    // The identity may have been deleted, or the name belong to another user by now: ask for the id again. The SDK forgets an id
    // by itself where the pool answers that the user may not use it, but not where the pool does not know it.
    const isGone = /^(ResourceNotFound|Validation)/.test(String((error as { code?: unknown }).code));
    if (remembered && isGone) provider.clearCachedId();
    if (identityId !== undefined || !remembered || Reflect.get(provider.params, 'IdentityId') !== undefined)
      throw error;
    await provider.refreshPromise();
  }
  return {
    accessKeyId: provider.accessKeyId,
    secretAccessKey: provider.secretAccessKey,
    sessionToken: provider.sessionToken,
    expiration: provider.expireTime,
    identityId: provider.identityId,
  };
}
