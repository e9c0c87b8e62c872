/** An identity pool over `AWS.CognitoIdentityCredentials` of aws-sdk (v2), as tutorial apps use it. */
import type { AwsCredentials } from '../../util/index.js';
import { GUEST } from '../identityPool/index.js';
import type { GuestIdentity, IdentityPool, Logins } from '../identityPool/index.js';
import { backoffDelay } from '../../util/index.js';
import { toAuthError } from '../shared/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';
import { loadAwsSdk } from './loadAwsSdk.js';
import type { Aws } from './loadAwsSdk.js';

type CognitoIdentityCredentials = InstanceType<Aws['CognitoIdentityCredentials']>;

/**
 * Makes a client of an identity pool over `AWS.CognitoIdentityCredentials`. The global `AWS.config` is not touched.
 * @param config The identity pool.
 * @param options How long to wait. aws-sdk calls with its own HTTP client, not with `fetch`.
 * @param guest Keeps a guest's identity id, as aws-sdk does it in pages alone. Default: nowhere else.
 */
export function connectAwsSdk(config: IdentityPoolConfig, options: CallOptions, guest?: GuestIdentity): IdentityPool {
  /** By `loginId`: each user's provider, which is there once aws-sdk is loaded. */
  const users = new Map<string, { provider?: CognitoIdentityCredentials }>();
  const { timeout } = options;
  const { region, endpoint, role } = config;
  const clientConfig: object = { region, endpoint, httpOptions: { timeout }, retryDelayOptions: { customBackoff } };

  function create(AWS: Aws, loginId: string, logins: Logins): CognitoIdentityCredentials {
    // In browsers aws-sdk remembers the identity id in localStorage. LoginId keeps the users' ids apart there.
    const known = loginId === GUEST && isEmpty(logins) ? guest?.read() : undefined;
    const params = {
      IdentityPoolId: config.identityPoolId,
      LoginId: loginId,
      ...(known && { IdentityId: known }),
      ...(role !== undefined && !isEmpty(logins) && { CustomRoleArn: role }), // guests have none to choose from
    };
    return new AWS.CognitoIdentityCredentials(
      isEmpty(logins) ? params : { ...params, Logins: { ...logins } },
      clientConfig,
    );
  }

  async function getCredentials(logins: Logins, loginId: string, identityId?: string): Promise<AwsCredentials> {
    const user = users.get(loginId) ?? {};
    users.set(loginId, user);
    const AWS = await loadAwsSdk();
    const provider = (user.provider ??= create(AWS, loginId, logins));
    try {
      const credentials = await refresh(provider, logins, identityId);
      if (loginId === GUEST && isEmpty(logins) && credentials.identityId) guest?.keep(credentials.identityId);
      return credentials;
    } finally {
      // The user logged out meanwhile, and the SDK has just remembered the identity id again.
      if (users.get(loginId) !== user) provider.clearCachedId();
    }
  }

  async function refresh(
    provider: CognitoIdentityCredentials,
    logins: Logins,
    identityId?: string,
  ): Promise<AwsCredentials> {
    if (identityId !== undefined) Object.assign(provider.params, { IdentityId: identityId });
    const remembered = Reflect.get(provider.params, 'IdentityId') !== undefined;
    if (!isEmpty(logins)) Object.assign(provider.params, { Logins: { ...logins } }); // the SDK never renews the tokens itself
    try {
      await provider.refreshPromise();
    } catch (error) {
      // The identity may be gone, or another user have taken over the name: ask for it again. The SDK drops the id by itself
      // where the user has no right to it, and not where there is none of that id.
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

  return {
    async getCredentials(logins, loginId, identityId) {
      try {
        return await getCredentials(logins, loginId, identityId);
      } catch (error) {
        const secrets = Object.values(logins);
        throw toAuthError(error, { service: 'identity pool', doing: 'Getting credentials', endpoint, secrets });
      }
    },
    async forget(loginId) {
      const known = users.get(loginId)?.provider;
      users.delete(loginId);
      if (loginId === GUEST) guest?.forget();
      if (known) known.clearCachedId();
      // After a restart the id is in localStorage only, where a provider of the same LoginId finds it.
      else if (typeof window !== 'undefined') create(await loadAwsSdk(), loginId, {}).clearCachedId();
    },
  };
}

/** As aws-sdk has it, in milliseconds; but after a timeout it asks no more, which a negative number tells it. */
function customBackoff(retries: number, error?: Error & { code?: string }): number {
  return error?.code === 'TimeoutError' ? -1 : backoffDelay(retries + 1, 100);
}

function isEmpty(logins: Logins): boolean {
  return Object.keys(logins).length === 0;
}
