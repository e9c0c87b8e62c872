/** Whoever signs at the moment (a user, a guest): their credentials, and the promise that they die with the stay. */
import { AuthError } from '../errors.js';
import { keepCredentials } from './credentials.js';
import type { CredentialContext, TemporaryCredentials } from './credentials.js';
import { sessionChanged } from './userSession.js';
import type { UserSession } from './userSession.js';

/** Makes credentials known elsewhere, such as to `AWS.config`. */
export interface CredentialSharing {
  /** Called with each new set; `renew` gives good ones at any later time. */
  share(credentials: TemporaryCredentials, renew: () => Promise<TemporaryCredentials>): Promise<void> | void;
  /** Called when a stay ends, whichever instance's: what `share` is at work on then must not be made known either. */
  revoke(): void;
}

/** What an identity needs of its surroundings. */
export interface IdentityOptions {
  /** The user's stay; undefined for guests, other identity providers and credentials of the app's own. */
  readonly session: UserSession | undefined;
  /** The name under which identity pools take the user's tokens. */
  readonly providerName: string | undefined;
  /** Gets credentials. */
  readonly load: (context: CredentialContext) => Promise<TemporaryCredentials>;
  /** Forgets what getting credentials has left behind. */
  readonly forget: () => void;
  readonly now: (() => Date) | undefined;
  readonly sharing: CredentialSharing | undefined;
}

/** One stay's credentials. Nothing is given out any more once it has ended. */
export interface Identity {
  readonly session: UserSession | undefined;
  /**
   * Good credentials: the kept ones, or new ones shortly before those expire.
   * @param options `forceRefresh: true` gets new ones in any case.
   * @throws AuthError `SessionChanged` once the stay has ended.
   */
  readonly getCredentials: (options?: { forceRefresh?: boolean }) => Promise<TemporaryCredentials>;
  /** @throws AuthError `SessionChanged` once the stay has ended. */
  readonly assertCurrent: () => void;
  /** Ends the stay. */
  readonly end: () => void;
}

/** Whoever signs from now on. */
export function createIdentity(options: IdentityOptions): Identity {
  const { session, providerName, load, forget, sharing } = options;
  let ended = false;
  const now = () => session?.now() ?? options.now?.() ?? new Date();
  const kept = keepCredentials(
    async ({ forceRefresh }) => {
      let credentials: TemporaryCredentials;
      try {
        credentials = await load(await context(forceRefresh));
      } catch (error) {
        // The pool's clock decides, and a revoked token does not look old: new tokens are worth one more attempt.
        if (!session || !isExpiredToken(error)) throw error;
        credentials = await load(await context(forceRefresh, true));
      }
      assertCurrent();
      await sharing?.share(credentials, () => getCredentials());
      return credentials;
    },
    () => now().getTime(),
  );

  async function context(forceRefresh: boolean, renew = false): Promise<CredentialContext> {
    const idToken = (await session?.validTokens({ renew }))?.idToken;
    const logins = idToken !== undefined && providerName !== undefined ? { [providerName]: idToken } : {};
    return { forceRefresh, idToken, logins };
  }

  async function getCredentials(how?: { forceRefresh?: boolean }): Promise<TemporaryCredentials> {
    assertCurrent();
    const credentials = await kept(how);
    assertCurrent();
    return credentials;
  }

  function assertCurrent(): void {
    session?.assertCurrent();
    if (ended) throw sessionChanged();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    forget();
    sharing?.revoke();
  }

  return { session, getCredentials, assertCurrent, end };
}

function isExpiredToken(error: unknown): boolean {
  return error instanceof AuthError && error.code === 'IdentityPoolRefused' && /token expired/i.test(error.message);
}
