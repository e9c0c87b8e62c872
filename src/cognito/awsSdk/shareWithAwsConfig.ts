/** The global `AWS.config`, for apps that use other AWS services with the user's credentials. */
import type { AwsCredentials } from '../../util/index.js';
import type { CredentialOwner, CredentialSharing } from '../identityPool/index.js';
import { loadAwsSdk } from './loadAwsSdk.js';
import type { Aws } from './loadAwsSdk.js';

/** What is shared of the sessions in a storage, by whichever instance. */
interface Shared {
  /** How often a session has ended: what was on its way to `AWS.config` before that must not get there. */
  generation: number;
  /** Takes back what is in `AWS.config`. */
  withdraw?: () => void;
}

const sharedOf = new WeakMap<object, Shared>();

/**
 * Sets `AWS.config.credentials` (and the region, where there is none).
 * @param storage Where the sessions are: instances with the same one end them for each other.
 * @returns What shares credentials, and takes them back.
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
 * @param AWS The package aws-sdk.
 * @param given The credentials.
 * @param owner Whose they are.
 * @returns What takes them back, if they are still there.
 */
function setAwsConfig(
  AWS: Aws,
  { accessKeyId, secretAccessKey, sessionToken, expiration, identityId }: AwsCredentials,
  owner: CredentialOwner,
): () => void {
  const credentials = new AWS.Credentials({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  if (expiration) credentials.expireTime = expiration;
  // aws-sdk asks before each signature, and clients keep the object that was there when they were made: once the session has
  // ended, here or in another tab, they must find out, and sign no more.
  const isOld = credentials.needsRefresh.bind(credentials);
  credentials.needsRefresh = () => isOld() || hasEnded(owner);
  // aws-sdk asks for new ones shortly before these expire; they must come with the tokens of that time.
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

/** Also where the storage does not tell; getting credentials then says so. */
function hasEnded(owner: CredentialOwner): boolean {
  try {
    owner.assertCurrent();
    return false;
  } catch {
    return true;
  }
}
