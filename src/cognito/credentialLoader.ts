/** Gets credentials from the app's own source, or from the identity pool. */
import type { AwsCredentials, CredentialContext } from '../util/index.js';
import { readDeveloperIdentity, readLogins } from './identityPool/index.js';
import type { IdentityPool } from './identityPool/index.js';
import { notTheirToken } from './notLoggedIn.js';
import type { CheckedConfig } from './shared/index.js';
import type { CognitoOptions } from './types.js';

/** Gets new credentials each time, and keeps none. */
export interface CredentialLoader {
  /**
   * Credentials for whoever is logged in, or for guests.
   * @param context The user's tokens, where there is a user.
   * @param loginId An id for the user, under which the identity pool's client remembers the identity id. A guest's is `GUEST`.
   * @throws what the app's own source throws; AuthError `IdentityPoolRefused`, `Unreachable` …
   */
  readonly load: (context: CredentialContext, loginId: string) => Promise<AwsCredentials>;
  /**
   * Credentials for a token from elsewhere, such as the hosted login page: the identity pool decides, and nothing is remembered.
   * @param token An ID token of the user pool.
   * @param subject The token's `sub`, where it has one.
   * @throws AuthError `NotLoggedIn` where no pool can take the token; `IdentityPoolRefused`, `Unreachable` …
   */
  readonly loadFor: (token: string, subject: string | undefined) => Promise<AwsCredentials>;
  /** Forgets a user's identity id. It does no harm where that fails: ids are kept apart by user. */
  readonly forget: (loginId: string) => Promise<void>;
}

/**
 * Makes the loader of an instance's credentials.
 * @param options The app's options: its own source goes first, then `developerIdentity` and `logins` while no user is logged in.
 * @param config The checked configuration.
 * @param identityPool The identity pool; `undefined` where the app has a source of its own.
 */
export function createCredentialLoader(
  { credentials: own, logins, developerIdentity }: CognitoOptions,
  config: CheckedConfig,
  identityPool: IdentityPool | undefined,
): CredentialLoader {
  /** How many tokens without a `sub` have come. */
  let strangers = 0;

  async function load(context: CredentialContext, loginId: string): Promise<AwsCredentials> {
    // A property that is `undefined` counts as missing wherever credentials are read.
    if (own !== undefined) return (typeof own === 'function' ? await own(context) : own) as AwsCredentials;
    if (context.idToken === undefined && developerIdentity) {
      const given = await developerIdentity();
      const { identityId, token, provider } = readDeveloperIdentity(given, config.identityPool!.region);
      return identityPool!.getCredentials({ [provider]: token }, loginId, identityId);
    }
    const given = context.idToken === undefined && logins ? await readLogins(logins) : context.logins;
    return identityPool!.getCredentials(given ?? {}, loginId);
  }

  async function loadFor(token: string, subject: string | undefined): Promise<AwsCredentials> {
    if (!config.userPool || !identityPool) throw notTheirToken();
    // No user's name has a space, so this id cannot be that of a user who logs in here.
    const loginId = `token of ${subject ?? ++strangers}`;
    try {
      return await identityPool.getCredentials({ [config.userPool.providerName]: token }, loginId);
    } finally {
      await forget(loginId);
    }
  }

  async function forget(loginId: string): Promise<void> {
    try {
      await identityPool?.forget(loginId);
    } catch {
      // aws-sdk could not be loaded, so it has not remembered anything.
    }
  }

  return { load, loadFor, forget };
}
