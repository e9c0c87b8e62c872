/** Sets the user's credentials in the global `AWS.config`, for apps that use them with other AWS services. */
import type { AwsCredentials } from '../../util/index.js';
import type { CredentialOwner, CredentialSharing } from '../identityPool/index.js';
import { loadAwsSdk } from './loadAwsSdk.js';
import type { Aws } from './loadAwsSdk.js';

/** The state that all instances on one storage share. */
interface Shared {
  /** Counts the sessions that have ended: credentials that were being shared before the last end must not reach `AWS.config`. */
  generation: number;
  /** Removes the credentials from `AWS.config`. */
  withdraw?: () => void;
}

const sharedOf = new WeakMap<object, Shared>();

/**
 * Sets `AWS.config.credentials` (and the region, where there is none).
 * @param storage The app's storage: if one instance ends a session, it has ended for all instances on the same storage.
 * @returns Functions that set and remove credentials.
 */
export function shareWithAwsConfig(storage: object): CredentialSharing {
  const shared = sharedOf.get(storage) ?? { generation: 0 };
  sharedOf.set(storage, shared);
  return {
    async share(credentials, owner) {
      const { generation } = shared;
      const AWS = await loadAwsSdk();
      owner.assertCurrent(); // another tab may have changed the user meanwhile
      if (generation === shared.generation) shared.withdraw = setAwsConfig(AWS, credentials, owner);
    },
    revoke() {
      shared.generation++;
      shared.withdraw?.();
    },
  };
}

/**
 * Sets credentials in `AWS.config`.
 * @param AWS The package aws-sdk.
 * @param given The credentials.
 * @param owner The identity that they belong to.
 * @returns A function that removes them, if they are still set.
 */
function setAwsConfig(
  AWS: Aws,
  { accessKeyId, secretAccessKey, sessionToken, expiration, identityId }: AwsCredentials,
  owner: CredentialOwner,
): () => void {
  const credentials = new AWS.Credentials({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  if (expiration) credentials.expireTime = expiration;
  // Clients of aws-sdk keep this object, and call `needsRefresh` before each signature: so they notice when the session has ended,
  // here or in another tab, and do not sign any more.
  const isOld = credentials.needsRefresh.bind(credentials);
  credentials.needsRefresh = () => isOld() || hasEnded(owner);
  // aws-sdk calls `refresh` shortly before the credentials expire. New ones need the user's tokens of that time.
  credentials.refresh = (callback) => {
    owner.getCredentials().then(
      (renewed) => {
        Object.assign(credentials, renewed, { expireTime: renewed.expiration, expired: false });
        callback();
      },
      (error: unknown) => {
        callback(error as Parameters<typeof callback>[0]);
      },
    );
  };
  AWS.config.credentials = credentials;
  if (!AWS.config.region && identityId) AWS.config.region = identityId.slice(0, identityId.indexOf(':'));
  return () => {
    if (AWS.config.credentials === credentials) AWS.config.credentials = null;
  };
}

/** Whether the session has ended. It counts as ended where the storage cannot be read; `refresh` then gives that error. */
function hasEnded(owner: CredentialOwner): boolean {
  try {
    owner.assertCurrent();
    return false;
  } catch {
    return true;
  }
}
