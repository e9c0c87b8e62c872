/** Each user's own view of the storage. */
import type { AuthError } from '../../errors.js';
import type { FallbackStorage } from './fallbackStorage.js';

/** The keys under which amazon-cognito-identity-js keeps a user's session. */
export function sessionKeys(clientId: string) {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  return {
    lastUser: `${prefix}.LastAuthUser`,
    of: (username: string, item: SessionItem) => `${prefix}.${username}.${item}`,
  };
}

/** What is kept of a session. */
export type SessionItem = (typeof FORGOTTEN)[number] | 'deviceKey';

/** What goes at a logout. The device stays known to the pool. */
const FORGOTTEN = ['idToken', 'accessToken', 'refreshToken', 'clockDrift', 'userData'] as const;

/** All that is kept of a session. */
export const STORED_ITEMS: readonly SessionItem[] = [...FORGOTTEN, 'deviceKey'];

/** One user's view of the storage, in the form that amazon-cognito-identity-js takes as well. */
export interface UserStorage {
  /** @throws AuthError `StorageFailed`, but for a login under way: the library cannot be interrupted there */
  getItem(key: string): string | null;
  /** Keeps a value. */
  setItem(key: string, value: string): void;
  /** Forgets a value. */
  removeItem(key: string): void;
  /** Forgets what a login under way has written. */
  clear(): void;
  /**
   * Whether this user is the one who is logged in, whom the storage names.
   * @throws AuthError `StorageFailed`
   */
  isCurrent(): boolean;
  /**
   * Writes at once what is written meanwhile: it has just been found that this user is current.
   * @param write Writes, and does not wait.
   */
  writeAsCurrent(write: () => void): void;
  /** @throws AuthError `StorageFailed` where the login under way could not read what it needed. */
  assertReadable(): void;
  /** Writes what the login has stored; from now on the view is this user's. */
  commit(username: string): void;
  /**
   * Forgets the user's session.
   * @returns What the storage failed with. The user is logged out even so.
   */
  forget(): AuthError | undefined;
  /** Nothing is written or removed through this view any more. */
  close(): void;
}

/**
 * One user's view of the storage, which whatever logs in is given in place of the storage itself. Something is written whenever an
 * answer arrives: a login that was overtaken by another, or a refresh that ends after the logout, would bring the earlier user back. So what a login writes waits here until it is committed, and what anyone else writes goes
 * through only while they are the current user; who that is, only a login changes.
 * @param storage The app's storage.
 * @param clientId The app client's id, which is part of every key.
 * @param username Whose view this is; undefined for a login under way.
 */
export function userStorage(storage: FallbackStorage, clientId: string, username?: string): UserStorage {
  const { lastUser, of } = sessionKeys(clientId);
  const waiting = new Map<string, string>();
  let closed = false;
  let isKnownCurrent = false;
  let unreadable: unknown;

  const isCurrent = (): boolean => isKnownCurrent || (!closed && storage.getItem(lastUser) === username);

  /** Where it cannot be found out, it is the given answer. */
  function isCurrentOr(otherwise: boolean): boolean {
    try {
      return isCurrent();
    } catch {
      return otherwise;
    }
  }

  function getItem(key: string): string | null {
    if (key === lastUser && username !== undefined) return username;
    const uncommitted = waiting.get(key);
    if (uncommitted !== undefined) return uncommitted;
    try {
      return storage.getItem(key);
    } catch (error) {
      if (username !== undefined) throw error;
      unreadable ??= error;
      return null;
    }
  }

  return {
    getItem,
    isCurrent,
    setItem(key, value) {
      if (username === undefined) waiting.set(key, value);
      else if (key !== lastUser && isCurrentOr(false)) storage.setItem(key, value);
    },
    removeItem(key) {
      if (username === undefined) waiting.delete(key);
      else if (!closed && (key !== lastUser || isCurrentOr(true))) storage.removeItem(key);
    },
    /** Part of the interface of storages; the app's can hold other things of its own. */
    clear() {
      waiting.clear();
    },
    writeAsCurrent(write) {
      isKnownCurrent = true;
      try {
        write();
      } finally {
        isKnownCurrent = false;
      }
    },
    assertReadable() {
      if (unreadable !== undefined) throw unreadable as AuthError;
    },
    commit(name) {
      username = name;
      for (const [key, value] of waiting) if (key !== lastUser) storage.setItem(key, value);
      storage.setItem(lastUser, name); // last: until then, the tokens are nobody's
      waiting.clear();
    },
    forget() {
      if (closed || username === undefined) return undefined;
      const name = username;
      // Whose session it is goes first: without that, what may be left of it counts for nothing.
      const failures = isCurrentOr(true) ? [storage.removeItem(lastUser)] : [];
      failures.push(...FORGOTTEN.map((item) => storage.removeItem(of(name, item))));
      return failures.find((failure) => failure !== undefined);
    },
    close() {
      closed = true;
    },
  };
}
