/** Where tokens are kept: the app's storage, the page's, or memory. */

/** What `localStorage` offers; anything with these methods can keep the session. */
export interface TokenStorage {
  /** The value; `null` or `undefined` where there is none. */
  getItem(key: string): string | null | undefined;
  /** Keeps a value, in place of the one before. */
  setItem(key: string, value: string): void;
  /** Forgets a value, if there is one. */
  removeItem(key: string): void;
}

/** The same by promises, as React Native's AsyncStorage or the cookies of a server's request offer it. */
export interface AsyncTokenStorage {
  /** The value; `null` or `undefined` where there is none. */
  getItem(key: string): Promise<string | null | undefined>;
  /** Keeps a value, in place of the one before. */
  setItem(key: string, value: string): unknown;
  /** Forgets a value, if there is one. */
  removeItem(key: string): unknown;
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
      window.localStorage.getItem('');
      return window.localStorage;
    }
  } catch {
    // Private modes and sandboxed frames throw on access.
  }
  return memoryStorage();
}
