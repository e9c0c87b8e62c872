/** Where tokens are kept: the app's storage, and each user's own view of it. */
import type { ICognitoStorage } from 'amazon-cognito-identity-js';

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
      window.localStorage.getItem('');
      return window.localStorage;
    }
  } catch {
    // Private modes and sandboxed frames throw on access.
  }
  return memoryStorage();
}

/**
 * A storage with memory as its fallback: what the app's own is too full for is kept there, for as long as the page is there,
 * and until another tab stores something in its place.
 * @param storage The app's storage.
 */
export function withMemoryFallback(storage: TokenStorage): TokenStorage {
  const fallback = memoryStorage();
  return {
    getItem: (key) => storage.getItem(key) ?? fallback.getItem(key),
    setItem(key, value) {
      fallback.removeItem(key);
      try {
        storage.setItem(key, value);
      } catch {
        storage.removeItem(key); // what was there is out of date
        fallback.setItem(key, value);
      }
    },
    removeItem(key) {
      fallback.removeItem(key);
      storage.removeItem(key);
    },
  };
}

/** The keys under which amazon-cognito-identity-js keeps a user's session. */
export function sessionKeys(clientId: string) {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  return {
    lastUser: `${prefix}.LastAuthUser`,
    of: (username: string, item: SessionItem) => `${prefix}.${username}.${item}`,
  };
}

/** What is kept of a session. */
export type SessionItem = 'idToken' | 'accessToken' | 'refreshToken' | 'clockDrift' | 'deviceKey';

/** One user's view of the storage, in the form that amazon-cognito-identity-js takes. */
export interface UserStorage extends ICognitoStorage {
  getItem(key: string): string | null;
  /** Writes what the login has stored; from now on the view is this user's. */
  commit(username: string): void;
  /** Nothing is written or removed through this view any more. */
  close(): void;
}

/**
 * One user's view of the storage, which amazon-cognito-identity-js is given in place of the storage itself. That library
 * writes whenever an answer arrives: a login that was overtaken by another, or a refresh that ends after the logout, would
 * bring the earlier user back. So what a login writes waits here until it is committed, and what anyone else writes goes
 * through only while they are the current user.
 * @param storage The app's storage.
 * @param clientId The app client's id, which is part of every key.
 * @param username Whose view this is; undefined for a login under way.
 */
export function userStorage(storage: TokenStorage, clientId: string, username?: string): UserStorage {
  const { lastUser } = sessionKeys(clientId);
  const waiting = new Map<string, string>();
  let closed = false;
  const isCurrent = () => !closed && storage.getItem(lastUser) === username;
  return {
    getItem(key) {
      if (key === lastUser && username !== undefined) return username;
      return waiting.get(key) ?? storage.getItem(key) ?? null;
    },
    setItem(key, value) {
      if (username === undefined) waiting.set(key, value);
      else if (isCurrent()) storage.setItem(key, value);
    },
    removeItem(key) {
      if (username === undefined) waiting.delete(key);
      else if (!closed && (key !== lastUser || isCurrent())) storage.removeItem(key);
    },
    /** Part of the library's interface, which never calls it; the storage can hold other things of the app's. */
    clear() {
      waiting.clear();
    },
    commit(name) {
      username = name;
      for (const [key, value] of waiting) storage.setItem(key, value);
      waiting.clear();
    },
    close() {
      closed = true;
    },
  };
}
