/** An identity pool without any SDK: two POSTs with fetch. */
import type { AwsCredentials } from '../../util/index.js';
import { callAws, ServiceError, toAuthError } from '../shared/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';
import type { IdentityPool, Logins } from './types.js';

/**
 * Makes a client of an identity pool over fetch.
 * @param config The identity pool.
 * @param options How to call.
 */
export function connectIdentityPool(config: IdentityPoolConfig, options: CallOptions): IdentityPool {
  const { identityPoolId, endpoint } = config;
  const identityIds = new Map<string, string>();

  /** Guests send no logins at all. */
  function call(operation: string, input: object, logins: Logins): Promise<Record<string, unknown>> {
    const given = Object.keys(logins).length === 0 ? input : { ...input, Logins: logins };
    return callAws(endpoint, `AWSCognitoIdentityService.${operation}`, given, options);
  }

  async function credentialsOf(identityId: string, logins: Logins): Promise<AwsCredentials> {
    return readCredentials(await call('GetCredentialsForIdentity', { IdentityId: identityId }, logins));
  }

  async function getCredentials(logins: Logins, loginId: string): Promise<AwsCredentials> {
    const remembered = identityIds.get(loginId);
    if (remembered !== undefined) {
      try {
        return await credentialsOf(remembered, logins);
      } catch (error) {
        // The identity may be gone, or another user have taken over the name: ask for the id again.
        if (!(error instanceof ServiceError) || !/^(NotAuthorized|ResourceNotFound)/.test(error.code)) throw error;
        identityIds.delete(loginId);
      }
    }
    const { IdentityId: identityId } = await call('GetId', { IdentityPoolId: identityPoolId }, logins);
    if (typeof identityId !== 'string') throw new Error('the answer holds no identity id');
    const credentials = await credentialsOf(identityId, logins);
    identityIds.set(loginId, identityId);
    return credentials;
  }

  return {
    async getCredentials(logins, loginId) {
      try {
        return await getCredentials(logins, loginId);
      } catch (error) {
        const secrets = Object.values(logins);
        throw toAuthError(error, { service: 'identity pool', doing: 'Getting credentials', endpoint, secrets });
      }
    },
    forget(loginId) {
      identityIds.delete(loginId);
    },
  };
}

function readCredentials(answer: Record<string, unknown>): AwsCredentials {
  const { IdentityId: identityId, Credentials: credentials } = answer;
  const { AccessKeyId, SecretKey, SessionToken, Expiration } = (credentials ?? {}) as Record<string, unknown>;
  if (
    typeof identityId !== 'string' ||
    typeof AccessKeyId !== 'string' ||
    typeof SecretKey !== 'string' ||
    typeof SessionToken !== 'string' ||
    typeof Expiration !== 'number'
  ) {
    throw new Error('the answer holds no credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretKey,
    sessionToken: SessionToken,
    expiration: new Date(Expiration * 1000),
    identityId,
  };
}
