/** Where tokens are kept: the app's storage, the page's, or memory. */

/**
 * A storage with the methods of `localStorage`, which can keep the session.
 * @example
 * const apig = createApig(config, { storage: sessionStorage });
 */
export interface TokenStorage {
  /**
   * Reads a value.
   * @param key The value's name.
   * @returns The value; `null` or `undefined` where there is none.
   */
  getItem(key: string): string | null | undefined;
  /**
   * Keeps a value, in place of the one before.
   * @param key The value's name.
   * @param value The text to keep.
   */
  setItem(key: string, value: string): unknown;
  /**
   * Removes a value, if there is one.
   * @param key The value's name.
   */
  removeItem(key: string): unknown;
}

/**
 * A storage with the same methods that answer by promises, such as React Native's AsyncStorage or the cookies of a server's request.
 * @example
 * const apig = createApig(config, { storage: AsyncStorage });
 */
export interface AsyncTokenStorage {
  /**
   * Reads a value.
   * @param key The value's name.
   * @returns The value; `null` or `undefined` where there is none.
   */
  getItem(key: string): Promise<string | null | undefined>;
  /**
   * Keeps a value, in place of the one before.
   * @param key The value's name.
   * @param value The text to keep.
   * @returns A promise that resolves once the value is kept.
   */
  setItem(key: string, value: string): unknown;
  /**
   * Removes a value, if there is one.
   * @param key The value's name.
   * @returns A promise that resolves once the value is gone.
   */
  removeItem(key: string): unknown;
}

/** A storage in memory. Each instance has its own, so that one user of a Node process never gets another's session. */
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
    // In some private modes and sandboxed frames, reading `localStorage` throws.
  }
  return memoryStorage();
}
