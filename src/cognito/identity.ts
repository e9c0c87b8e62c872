/** The identity that signs at the moment, a user's or a guest's. Its credentials are not given out any more once the session ends. */
import { AuthError } from '../errors.js';
import type { AwsCredentials, CredentialContext } from '../util/index.js';
import { keepCredentials } from './identityPool/index.js';
import type { CredentialSharing } from './identityPool/index.js';
import { sessionChanged } from './userPool/index.js';
import type { UserSession } from './userPool/index.js';

/** Whose identity it is, and how its credentials are got. */
export interface IdentityOptions {
  /** The user's session; undefined for guests, other identity providers and credentials of the app's own. */
  readonly session: UserSession | undefined;
  /** The name under which identity pools take the user's tokens. */
  readonly providerName: string | undefined;
  /** Gets new credentials. */
  readonly load: (context: CredentialContext) => Promise<AwsCredentials>;
  /** Whether the user of this identity is still the one who is logged in. */
  readonly isCurrent: () => boolean;
  /** Forgets what was kept while getting credentials, such as the identity id. */
  readonly forget: () => void;
  /** The app's own clock; `undefined` where it has none. */
  readonly now: (() => number) | undefined;
  /** Makes the credentials known elsewhere as well, such as to `AWS.config`. */
  readonly sharing: CredentialSharing | undefined;
}

/** The identity that signs, from a login (for guests, from the start) until the session ends. */
export interface Identity {
  /** The user's session; undefined for guests, other identity providers and credentials of the app's own. */
  readonly session: UserSession | undefined;
  /**
   * Credentials that are good: the kept ones, or new ones where those are about to expire.
   * @param options `forceRefresh: true` gets new ones in any case.
   * @throws AuthError `SessionChanged` once the session has ended.
   */
  readonly getCredentials: (options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>;
  /**
   * The last check before something is done in the name of this identity.
   * @throws AuthError `SessionChanged` once the session has ended, here or in another tab; `StorageFailed` where the storage cannot
   *   be read
   */
  readonly assertCurrent: () => void;
  /** The time in milliseconds since 1970, by the user pool's clock where a login's tokens have told how far the device's is off. */
  readonly now: () => number;
  /** Ends the identity: no credentials are given out any more. */
  readonly end: () => void;
}

/**
 * Makes an identity.
 * @param options Where the credentials come from.
 */
export function createIdentity(options: IdentityOptions): Identity {
  const { session, providerName, isCurrent, load, forget, sharing } = options;
  let ended = false;
  const now = () => session?.now() ?? options.now?.() ?? Date.now();
  const kept = keepCredentials(async ({ forceRefresh }) => {
    let credentials: AwsCredentials;
    try {
      credentials = await load(await context(forceRefresh));
    } catch (error) {
      // A token can be refused though it looks good here: the clock may be wrong, or the token revoked. So new ones are tried once.
      if (!session || !isExpiredToken(error)) throw error;
      credentials = await load(await context(forceRefresh, true));
    }
    assertCurrent();
    await sharing?.share(credentials, { getCredentials, assertCurrent });
    return credentials;
  }, now);

  async function context(forceRefresh: boolean, renew = false): Promise<CredentialContext> {
    const idToken = (await session?.validTokens({ renew }))?.idToken;
    const logins = idToken !== undefined && providerName !== undefined ? { [providerName]: idToken } : {};
    return { forceRefresh, idToken, logins };
  }

  async function getCredentials(how?: { forceRefresh?: boolean }): Promise<AwsCredentials> {
    assertCurrent();
    const credentials = await kept(how);
    assertCurrent();
    return credentials;
  }

  function assertCurrent(): void {
    if (!ended && !isCurrent()) end();
    if (ended) throw sessionChanged();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    forget();
    sharing?.revoke();
  }

  return { session, getCredentials, assertCurrent, now, end };
}

function isExpiredToken(error: unknown): boolean {
  return error instanceof AuthError && error.code === 'IdentityPoolRefused' && /token expired/i.test(error.message);
}
