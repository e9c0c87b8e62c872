/** Whoever signs at the moment (a user, a guest), and their credentials, which are given out no more once the session ends. */
import { AuthError } from '../errors.js';
import type { AwsCredentials, CredentialContext } from '../util/index.js';
import { keepCredentials } from './identityPool/index.js';
import type { CredentialSharing } from './identityPool/index.js';
import { sessionChanged } from './userPool/index.js';
import type { UserSession } from './userPool/index.js';

/** What an identity needs of its surroundings. */
export interface IdentityOptions {
  /** The user's session; undefined for guests, other identity providers and credentials of the app's own. */
  readonly session: UserSession | undefined;
  /** The name under which identity pools take the user's tokens. */
  readonly providerName: string | undefined;
  /** Gets credentials. */
  readonly load: (context: CredentialContext) => Promise<AwsCredentials>;
  /** Whether whoever is logged in now is the one whose identity this is. */
  readonly isCurrent: () => boolean;
  /** Forgets what getting credentials has left behind. */
  readonly forget: () => void;
  /** The app's own clock. */
  readonly now: (() => Date) | undefined;
  /** Where to make the credentials known as well. */
  readonly sharing: CredentialSharing | undefined;
}

/** Whoever signs, from a login (or the start, for guests) until that ends. */
export interface Identity {
  /** The user's session; undefined for guests, other identity providers and credentials of the app's own. */
  readonly session: UserSession | undefined;
  /**
   * Good credentials: the kept ones, or new ones shortly before those expire.
   * @param options `forceRefresh: true` gets new ones in any case.
   * @throws AuthError `SessionChanged` once the session has ended.
   */
  readonly getCredentials: (options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>;
  /**
   * The last look before something is done in this name.
   * @throws AuthError `SessionChanged` once the session has ended, here or in another tab; `StorageFailed` where the storage
   *   does not tell.
   */
  readonly assertCurrent: () => void;
  /** The time by the services' clock, as far as a login has told it, in milliseconds since 1970. */
  readonly now: () => number;
  /** Ends it: no credentials are given out any more. */
  readonly end: () => void;
}

/**
 * Whoever signs from now on.
 * @param options Where the credentials come from.
 */
export function createIdentity(options: IdentityOptions): Identity {
  const { session, providerName, isCurrent, load, forget, sharing } = options;
  let ended = false;
  const now = () => (session?.now() ?? options.now?.() ?? new Date()).getTime();
  const kept = keepCredentials(async ({ forceRefresh }) => {
    let credentials: AwsCredentials;
    try {
      credentials = await load(await context(forceRefresh));
    } catch (error) {
      // The pool's clock decides, and a revoked token does not look old: new tokens are worth one more attempt.
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
