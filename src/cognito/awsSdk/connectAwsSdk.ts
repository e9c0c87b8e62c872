/** An identity pool over `AWS.CognitoIdentityCredentials` of aws-sdk (v2), as tutorial apps use it. */
import { backoffDelay } from '../../util/index.js';
import type { AwsCredentials } from '../../util/index.js';
import { GUEST, isEmpty, isGuest, withPoolErrors } from '../identityPool/index.js';
import type { GuestIdentity, IdentityPool, Logins } from '../identityPool/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';
import { loadAwsSdk } from './loadAwsSdk.js';
import type { Aws } from './loadAwsSdk.js';
import { refreshProvider } from './refreshProvider.js';
import type { Provider } from './refreshProvider.js';

/**
 * Makes a client of an identity pool over `AWS.CognitoIdentityCredentials`. The global `AWS.config` is not touched.
 * @param config The identity pool.
 * @param options How long to wait; the option `fetch` is not used, since aws-sdk has its own HTTP client.
 * @param guest Keeps a guest's identity id. Default: only aws-sdk itself keeps it, which it does in pages.
 */
export function connectAwsSdk(config: IdentityPoolConfig, options: CallOptions, guest?: GuestIdentity): IdentityPool {
  /** By `loginId`: each user's provider, which is made once aws-sdk is loaded. */
  const users = new Map<string, { provider?: Provider }>();
  const { timeout } = options;
  const { region, endpoint, role } = config;
  const clientConfig: object = { region, endpoint, httpOptions: { timeout }, retryDelayOptions: { customBackoff } };

  function create(AWS: Aws, loginId: string, logins: Logins): Provider {
    // In browsers, aws-sdk keeps one identity id for each `LoginId` in localStorage.
    const known = isGuest(loginId, logins) ? guest?.read() : undefined;
    const params = {
      IdentityPoolId: config.identityPoolId,
      LoginId: loginId,
      ...(known && { IdentityId: known }),
      ...(role !== undefined && !isEmpty(logins) && { CustomRoleArn: role }), // guests cannot choose a role
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
      const credentials = await refreshProvider(provider, logins, identityId);
      if (isGuest(loginId, logins) && credentials.identityId) guest?.keep(credentials.identityId);
      return credentials;
    } finally {
      // The user has logged out meanwhile, and the SDK has just stored the identity id again.
      if (users.get(loginId) !== user) provider.clearCachedId();
    }
  }

  return {
    getCredentials: (logins, loginId, identityId) =>
      withPoolErrors(() => getCredentials(logins, loginId, identityId), logins, endpoint),
    async forget(loginId) {
      const known = users.get(loginId)?.provider;
      users.delete(loginId);
      if (loginId === GUEST) guest?.forget();
      if (known) known.clearCachedId();
      // After a reload, only localStorage has the id, where a provider with the same `LoginId` finds it.
      else if (typeof window !== 'undefined') create(await loadAwsSdk(), loginId, {}).clearCachedId();
    },
  };
}

/** How long aws-sdk waits before its next attempt, in milliseconds. A negative number ends its attempts, as after a timeout. */
function customBackoff(retries: number, error?: Error & { code?: string }): number {
  return error?.code === 'TimeoutError' ? -1 : backoffDelay(retries + 1, 100);
}
