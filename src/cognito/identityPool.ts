/** An identity pool without any SDK: two POSTs with fetch. */
import { authError } from './authErrors.js';
import { callAws, ServiceError } from './awsJson.js';
import type { CallOptions } from './awsJson.js';
import type { Awaitable } from './challenges.js';
import { answerTimeout, identityPoolConfig } from './config.js';
import type { IdentityPoolConfig } from './config.js';
import { keepCredentials } from './credentials.js';
import type { IdentityPool, Logins, TemporaryCredentials } from './credentials.js';

/**
 * A client of an identity pool over fetch.
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

  async function credentialsOf(identityId: string, logins: Logins): Promise<TemporaryCredentials> {
    return readCredentials(await call('GetCredentialsForIdentity', { IdentityId: identityId }, logins));
  }

  async function getCredentials(logins: Logins, loginId: string): Promise<TemporaryCredentials> {
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
        throw await authError(error, 'identity pool', 'Getting credentials', endpoint, Object.values(logins));
      }
    },
    forget(loginId) {
      identityIds.delete(loginId);
    },
  };
}

function readCredentials({ IdentityId: identityId, Credentials: credentials }: Record<string, unknown>) {
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
  const { logins = {}, fetch = globalThis.fetch, now } = options;
  const timeout = answerTimeout(options.timeout);
  const config = identityPoolConfig({ ...options }, '', 'identityPoolId', 'endpoint');
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
