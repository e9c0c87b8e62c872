/**
 * An identity pool over aws-sdk (v2), as tutorial apps use it. The package is loaded when it is first needed, so apps that
 * bring credentials of their own need not install it. Its end-of-support notice is left alone: it is addressed to whoever
 * chose the package, and `AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE=1` is there to silence it.
 */
import type AwsSdk from 'aws-sdk/global.js';
import { AuthError } from '../errors.js';
import { authError, loaded } from './authErrors.js';
import type { CallOptions } from './awsJson.js';
import type { IdentityPoolConfig } from './config.js';
import type { IdentityPool, Logins, TemporaryCredentials } from './credentials.js';
import type { CredentialSharing } from './identity.js';

type Aws = typeof AwsSdk;
type CognitoIdentityCredentials = InstanceType<Aws['CognitoIdentityCredentials']>;

/**
 * A client of an identity pool over `AWS.CognitoIdentityCredentials`. The global `AWS.config` is not touched.
 * @param config The identity pool.
 * @param options How long to wait. aws-sdk calls with its own HTTP client, not with `fetch`.
 */
export function connectAwsSdk(config: IdentityPoolConfig, options: CallOptions): IdentityPool {
  /** Each user's provider, which is there once aws-sdk is loaded. */
  const stays = new Map<string, { provider?: CognitoIdentityCredentials }>();
  const { timeout } = options;
  const { region, endpoint } = config;
  const clientConfig: object = { region, endpoint, httpOptions: { timeout }, retryDelayOptions: { customBackoff } };

  function create(AWS: Aws, loginId: string, logins: Logins): CognitoIdentityCredentials {
    // In browsers aws-sdk remembers the identity id in localStorage. LoginId keeps the users' ids apart there.
    const params = { IdentityPoolId: config.identityPoolId, LoginId: loginId };
    return new AWS.CognitoIdentityCredentials(
      isEmpty(logins) ? params : { ...params, Logins: { ...logins } },
      clientConfig,
    );
  }

  async function getCredentials(logins: Logins, loginId: string): Promise<TemporaryCredentials> {
    const stay = stays.get(loginId) ?? {};
    stays.set(loginId, stay);
    const AWS = await loadAws();
    const provider = (stay.provider ??= create(AWS, loginId, logins));
    try {
      return await refresh(provider, logins);
    } finally {
      // The user has left meanwhile, and the SDK has just remembered the identity id again.
      if (stays.get(loginId) !== stay) provider.clearCachedId();
    }
  }

  async function refresh(provider: CognitoIdentityCredentials, logins: Logins): Promise<TemporaryCredentials> {
    const remembered = Reflect.get(provider.params, 'IdentityId') !== undefined;
    if (!isEmpty(logins)) Object.assign(provider.params, { Logins: { ...logins } }); // the SDK never renews the tokens itself
    try {
      await provider.refreshPromise();
    } catch (error) {
      // The identity may be gone, or another user have taken over the name: the SDK has dropped the id, so ask for it again.
      if (!remembered || Reflect.get(provider.params, 'IdentityId') !== undefined) throw error;
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
    async getCredentials(logins, loginId) {
      try {
        return await getCredentials(logins, loginId);
      } catch (error) {
        throw await authError(error, 'identity pool', 'Getting credentials', endpoint, Object.values(logins));
      }
    },
    async forget(loginId) {
      const known = stays.get(loginId)?.provider;
      stays.delete(loginId);
      if (known) known.clearCachedId();
      // After a restart the id is in localStorage only, where a provider of the same LoginId finds it.
      else if (typeof window !== 'undefined') create(await loadAws(), loginId, {}).clearCachedId();
    },
  };
}

/** As aws-sdk has it, in milliseconds; but after a timeout it asks no more, which a negative number tells it. */
function customBackoff(retries: number, error?: Error & { code?: string }): number {
  return error?.code === 'TimeoutError' ? -1 : Math.random() * 100 * 2 ** retries;
}

/** What is shared of the sessions in a storage, by whichever instance, and how often that has ended. */
interface Shared {
  turn: number;
  withdraw?: () => void;
}
const sharedOf = new WeakMap<object, Shared>();

/**
 * Sets `AWS.config.credentials` (and the region, where there is none), for apps that use other AWS services with them.
 * @param storage Where the sessions are: instances with the same one end them for each other.
 */
export function shareWithAwsConfig(storage: object): CredentialSharing {
  const shared = sharedOf.get(storage) ?? { turn: 0 };
  sharedOf.set(storage, shared);
  return {
    async share(credentials, renew) {
      const { turn } = shared;
      const [AWS, { setAwsConfig }] = await Promise.all([
        loadAws(),
        loaded(import('./awsConfig.js'), 'Sharing the credentials'),
      ]);
      if (turn === shared.turn) shared.withdraw = setAwsConfig(AWS, credentials, renew); // otherwise the user has left
    },
    revoke() {
      shared.turn++;
      shared.withdraw?.();
    },
  };
}

async function loadAws(): Promise<Aws> {
  try {
    return (await import('aws-sdk/global.js')).default;
  } catch (cause) {
    throw new AuthError(
      'MissingDependency',
      'The package aws-sdk could not be loaded. Install it (npm install aws-sdk), import from sigv4-client/apig, ' +
        'which does without, or pass credentials of your own to createApig.',
      { cause },
    );
  }
}

function isEmpty(logins: Logins): boolean {
  return Object.keys(logins).length === 0;
}
