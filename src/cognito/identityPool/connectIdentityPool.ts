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
    const identityId = readText(await call('GetId', { IdentityPoolId: identityPoolId }, logins), 'IdentityId');
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

/** The credentials of an answer. Half of them sign nothing, and those without an end would be kept for good. */
function readCredentials(answer: Record<string, unknown>): AwsCredentials {
  const credentials = Object(answer.Credentials) as Record<string, unknown>;
  const expiration = credentials.Expiration;
  if (typeof expiration !== 'number') throw missing('Credentials.Expiration');
  return {
    accessKeyId: readText(credentials, 'AccessKeyId', 'Credentials.'),
    secretAccessKey: readText(credentials, 'SecretKey', 'Credentials.'),
    sessionToken: readText(credentials, 'SessionToken', 'Credentials.'),
    expiration: new Date(expiration * 1000),
    identityId: readText(answer, 'IdentityId'),
  };
}

function readText(answer: Record<string, unknown>, name: string, prefix = ''): string {
  const value = answer[name];
  if (typeof value === 'string' && value !== '') return value;
  throw missing(prefix + name);
}

const missing = (name: string): Error => new Error(`the answer holds no ${name}`);
