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
  /** Called when the stay ends. */
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
export class Identity {
  readonly session: UserSession | undefined;
  readonly #options: IdentityOptions;
  readonly #kept: (options?: { forceRefresh?: boolean }) => Promise<TemporaryCredentials>;
  #ended = false;

  constructor(options: IdentityOptions) {
    this.session = options.session;
    this.#options = options;
    this.#kept = keepCredentials(
      ({ forceRefresh }) => this.#load(forceRefresh),
      () => this.#now().getTime(),
    );
  }

  /**
   * Good credentials: the kept ones, or new ones shortly before those expire.
   * @param options `forceRefresh: true` gets new ones in any case.
   * @throws AuthError `SessionChanged` once the stay has ended.
   */
  async getCredentials(options?: { forceRefresh?: boolean }): Promise<TemporaryCredentials> {
    this.assertCurrent();
    const credentials = await this.#kept(options);
    this.assertCurrent();
    return credentials;
  }

  /** @throws AuthError `SessionChanged` once the stay has ended. */
  assertCurrent(): void {
    this.session?.assertCurrent();
    if (this.#ended) throw sessionChanged();
  }

  /** Ends the stay. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.forget();
    this.#options.sharing?.revoke();
  }

  async #load(forceRefresh: boolean): Promise<TemporaryCredentials> {
    let credentials: TemporaryCredentials;
    try {
      credentials = await this.#options.load(await this.#context({ forceRefresh }));
    } catch (error) {
      // The pool's clock decides, and a revoked token does not look old: new tokens are worth one more attempt.
      if (!this.session || !isExpiredToken(error)) throw error;
      credentials = await this.#options.load(await this.#context({ forceRefresh, renew: true }));
    }
    this.assertCurrent();
    await this.#options.sharing?.share(credentials, () => this.getCredentials());
    return credentials;
  }

  async #context({
    forceRefresh,
    renew = false,
  }: {
    forceRefresh: boolean;
    renew?: boolean;
  }): Promise<CredentialContext> {
    const idToken = (await this.session?.validTokens({ renew }))?.getIdToken().getJwtToken();
    const { providerName } = this.#options;
    const logins = idToken !== undefined && providerName !== undefined ? { [providerName]: idToken } : {};
    return { forceRefresh, idToken, logins };
  }

  #now(): Date {
    return this.session?.now() ?? this.#options.now?.() ?? new Date();
  }
}

function isExpiredToken(error: unknown): boolean {
  return error instanceof AuthError && error.code === 'IdentityPoolRefused' && /token expired/i.test(error.message);
}
