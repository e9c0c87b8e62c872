/** An identity pool without an SDK: by two POSTs, GetId and GetCredentialsForIdentity, with fetch. */
import type { AwsCredentials } from '../../util/index.js';
import { callAws, ServiceError } from '../shared/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';
import { withPoolErrors } from './identityPoolError.js';
import { GUEST, isEmpty, isGuest } from './types.js';
import type { GuestIdentity, IdentityPool, Logins } from './types.js';

/**
 * Makes a client of an identity pool over fetch.
 * @param config The identity pool.
 * @param options How to call.
 * @param guest Keeps a guest's identity id. Default: only the client remembers it.
 */
export function connectIdentityPool(
  config: IdentityPoolConfig,
  options: CallOptions,
  guest?: GuestIdentity,
): IdentityPool {
  const { identityPoolId, endpoint, role } = config;
  const identityIds = new Map<string, string>();

  function remember(loginId: string, identityId: string, logins: Logins): void {
    identityIds.set(loginId, identityId);
    if (isGuest(loginId, logins)) guest?.keep(identityId);
  }

  function forget(loginId: string): void {
    identityIds.delete(loginId);
    if (loginId === GUEST) guest?.forget();
  }

  /** Calls an operation. A guest's request has no field `Logins` at all. */
  function call(operation: string, input: object, logins: Logins): Promise<Record<string, unknown>> {
    const given = isEmpty(logins) ? input : { ...input, Logins: logins };
    return callAws(endpoint, `AWSCognitoIdentityService.${operation}`, given, options);
  }

  async function credentialsOf(identityId: string, logins: Logins): Promise<AwsCredentials> {
    const isChosen = role !== undefined && !isEmpty(logins); // guests cannot choose a role
    const input = { IdentityId: identityId, ...(isChosen && { CustomRoleArn: role }) };
    return readCredentials(await call('GetCredentialsForIdentity', input, logins));
  }

  async function getCredentials(logins: Logins, loginId: string, known?: string): Promise<AwsCredentials> {
    if (known !== undefined) return credentialsOf(known, logins);
    const remembered = identityIds.get(loginId) ?? (isGuest(loginId, logins) ? guest?.read() : undefined);
    if (remembered !== undefined) {
      try {
        const credentials = await credentialsOf(remembered, logins);
        identityIds.set(loginId, remembered);
        return credentials;
      } catch (error) {
        // The identity may have been deleted, or the name belong to another user by now: ask for the id again.
        if (!(error instanceof ServiceError) || !/^(NotAuthorized|ResourceNotFound|Validation)/.test(error.code))
          throw error;
        forget(loginId);
      }
    }
    const identityId = readText(await call('GetId', { IdentityPoolId: identityPoolId }, logins), 'IdentityId');
    const credentials = await credentialsOf(identityId, logins);
    remember(loginId, identityId, logins);
    return credentials;
  }

  return {
    getCredentials: (logins, loginId, identityId) =>
      withPoolErrors(() => getCredentials(logins, loginId, identityId), logins, endpoint),
    forget,
  };
}

/** Reads the credentials of an answer. All parts must be there: without an expiration, they would be kept for ever. */
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
