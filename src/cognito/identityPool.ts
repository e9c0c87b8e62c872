/** An identity pool without any SDK: two POSTs with fetch. */
import { identityPoolError } from './authErrors.js';
import { callAws, ServiceError } from './awsJson.js';
import type { CallOptions } from './awsJson.js';
import type { Awaitable } from './challenges.js';
import { identityPoolConfig } from './config.js';
import type { IdentityPoolConfig } from './config.js';
import { keepCredentials } from './credentials.js';
import type { IdentityPool, Logins, TemporaryCredentials } from './credentials.js';

/** How long one answer may take, in milliseconds, where nothing else is said. */
export const DEFAULT_TIMEOUT = 30_000;

/**
 * A client of an identity pool over fetch.
 * @param config The identity pool.
 * @param options How to call.
 */
export function connectIdentityPool(config: IdentityPoolConfig, options: CallOptions): IdentityPool {
  const identityIds = new Map<string, string>();
  const call = (operation: string, input: object) =>
    callAws(config.endpoint, `AWSCognitoIdentityService.${operation}`, input, options);

  async function getId(logins: Logins): Promise<string> {
    const { IdentityId: identityId } = await call('GetId', { IdentityPoolId: config.identityPoolId, ...given(logins) });
    if (typeof identityId !== 'string') throw new Error('the answer holds no identity id');
    return identityId;
  }

  async function getCredentialsForIdentity(identityId: string, logins: Logins): Promise<TemporaryCredentials> {
    const answer = await call('GetCredentialsForIdentity', { IdentityId: identityId, ...given(logins) });
    return readCredentials(answer);
  }

  return {
    async getCredentials(logins, loginId) {
      try {
        const remembered = identityIds.get(loginId);
        if (remembered !== undefined) {
          try {
            return await getCredentialsForIdentity(remembered, logins);
          } catch (error) {
            // The identity may be gone, or another user have taken over the name: ask for the id again.
            if (!(error instanceof ServiceError) || !/^(NotAuthorized|ResourceNotFound)/.test(error.code)) throw error;
            identityIds.delete(loginId);
          }
        }
        const identityId = await getId(logins);
        const credentials = await getCredentialsForIdentity(identityId, logins);
        identityIds.set(loginId, identityId);
        return credentials;
      } catch (error) {
        throw await identityPoolError(error, {
          doing: 'getting credentials',
          endpoint: config.endpoint,
          setting: 'cognito.IDENTITY_POOL_ENDPOINT',
          secrets: Object.values(logins),
        });
      }
    },
    forget(loginId) {
      identityIds.delete(loginId);
    },
  };
}

/** Guests send no logins at all. */
function given(logins: Logins): { Logins?: Logins } {
  return Object.keys(logins).length === 0 ? {} : { Logins: logins };
}

function readCredentials(answer: Record<string, unknown>): TemporaryCredentials {
  const { IdentityId: identityId, Credentials: credentials } = answer;
  const {
    AccessKeyId: accessKeyId,
    SecretKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  } = (credentials ?? {}) as Record<string, unknown>;
  if (
    typeof identityId !== 'string' ||
    typeof accessKeyId !== 'string' ||
    typeof secretAccessKey !== 'string' ||
    typeof sessionToken !== 'string' ||
    typeof expiration !== 'number'
  ) {
    throw new Error('the answer holds no credentials');
  }
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration * 1000), identityId };
}

/** Options of `cognitoIdentityCredentials`. */
export interface CognitoIdentityOptions {
  /** The identity pool's id, such as `eu-west-1:01234567-89ab-cdef-0123-456789abcdef`. */
  readonly identityPoolId: string;
  /**
   * Who logged in where: ID tokens, or functions that get them, by the name of their provider, such as
   * `accounts.google.com` or `cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`. Default: none, which makes a guest.
   */
  readonly logins?: Readonly<Record<string, string | (() => Awaitable<string>)>>;
  /** The identity pool's URL, where it is not AWS's own. */
  readonly endpoint?: string;
  /** What sends. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** How long one answer may take, in milliseconds. Default 30000. */
  readonly timeout?: number;
  /** The clock. Default: the device's. */
  readonly now?: () => Date;
}

/**
 * Credentials from an identity pool, with no SDK. They are kept until shortly before they expire.
 * @param options The identity pool and the logins. Make a new provider for each user.
 * @returns A provider in the shape of AWS SDK v3's, for `createSignedFetch` and for AWS SDK v3's clients.
 * @throws AuthError `InvalidConfig`
 * @example
 * const credentials = cognitoIdentityCredentials({
 *   identityPoolId: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
 *   logins: { 'accounts.google.com': googleIdToken },
 * });
 */
export function cognitoIdentityCredentials(
  options: CognitoIdentityOptions,
): (options?: { forceRefresh?: boolean }) => Promise<TemporaryCredentials> {
  const { logins = {}, fetch = globalThis.fetch, timeout = DEFAULT_TIMEOUT, now } = options;
  const names = { id: 'identityPoolId', endpoint: 'endpoint' };
  const config = identityPoolConfig(options.identityPoolId, options.endpoint, names);
  const identityPool = connectIdentityPool(config, { fetch, timeout });
  return keepCredentials(
    async () => identityPool.getCredentials(await readLogins(logins), ''),
    () => now?.().getTime() ?? Date.now(),
  );
}

/** Calls the functions among the logins. */
export async function readLogins(logins: NonNullable<CognitoIdentityOptions['logins']>): Promise<Logins> {
  const tokens = Object.entries(logins).map(
    async ([provider, token]) => [provider, typeof token === 'function' ? await token() : token] as const,
  );
  return Object.fromEntries(await Promise.all(tokens));
}
