/** Where tokens are kept: the app's storage, and each user's own view of it. */

/** What `localStorage` offers; anything synchronous with these methods can keep the session. */
export interface TokenStorage {
  /** The value; `null` or `undefined` where there is none. */
  getItem(key: string): string | null | undefined;
  /** Keeps a value, in place of the one before. */
  setItem(key: string, value: string): void;
  /** Forgets a value, if there is one. */
  removeItem(key: string): void;
}

/** A storage in memory, for one instance: two users in one Node process never meet. */
export function memoryStorage(): TokenStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** The page's `localStorage`, or memory where there is none (Node) or where it is blocked. */
export function defaultStorage(): TokenStorage {
  try {
    if (typeof window !== 'undefined') {
      const storage = window.localStorage;
      storage.setItem('sigv4-client.probe', '1');
      storage.removeItem('sigv4-client.probe');
      return storage;
    }
  } catch {
    // Private modes and sandboxed frames throw on access.
  }
  return memoryStorage();
}

/** The keys under which amazon-cognito-identity-js keeps a user's session. */
export function sessionKeys(clientId: string) {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  return {
    lastUser: `${prefix}.LastAuthUser`,
    of: (username: string) => ({
      idToken: `${prefix}.${username}.idToken`,
      accessToken: `${prefix}.${username}.accessToken`,
      refreshToken: `${prefix}.${username}.refreshToken`,
      clockDrift: `${prefix}.${username}.clockDrift`,
      deviceKey: `${prefix}.${username}.deviceKey`,
    }),
  };
}

/**
 * One user's view of the storage, which amazon-cognito-identity-js is given in place of the storage itself. That library
 * writes whenever an answer arrives: a login that was overtaken by another, or a refresh that ends after the logout, would
 * bring the earlier user back. So what a login writes waits here until it is committed, and what anyone else writes goes
 * through only while they are the current user.
 */
export class UserStorage {
  readonly #storage: TokenStorage;
  readonly #lastUserKey: string;
  readonly #waiting = new Map<string, string>();
  #username: string | undefined;
  #closed = false;

  /**
   * @param storage The app's storage.
   * @param clientId The app client's id, which is part of every key.
   * @param username Whose view this is; undefined for a login under way.
   */
  constructor(storage: TokenStorage, clientId: string, username?: string) {
    this.#storage = storage;
    this.#lastUserKey = sessionKeys(clientId).lastUser;
    this.#username = username;
  }

  getItem(key: string): string | null {
    if (key === this.#lastUserKey && this.#username !== undefined) return this.#username;
    return this.#waiting.get(key) ?? this.#storage.getItem(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.#username === undefined) this.#waiting.set(key, value);
    else if (this.#isCurrent()) this.#storage.setItem(key, value);
  }

  removeItem(key: string): void {
    if (this.#username === undefined) this.#waiting.delete(key);
    else if (!this.#closed && (key !== this.#lastUserKey || this.#isCurrent())) this.#storage.removeItem(key);
  }

  /** Part of the library's interface, which never calls it; the storage can hold other things of the app's. */
  clear(): void {
    this.#waiting.clear();
  }

  /** Writes what the login has stored; from now on the view is this user's. */
  commit(username: string): void {
    this.#username = username;
    for (const [key, value] of this.#waiting) this.#storage.setItem(key, value);
    this.#waiting.clear();
  }

  /** Nothing is written or removed through this view any more. */
  close(): void {
    this.#closed = true;
  }

  #isCurrent(): boolean {
    return !this.#closed && this.#storage.getItem(this.#lastUserKey) === this.#username;
  }
}
