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

/** The values of a session that are stored. */
export type SessionItem = (typeof FORGOTTEN)[number] | 'deviceKey';

/** The values that a logout removes. The device's key stays, since the pool still knows the device. */
const FORGOTTEN = ['idToken', 'accessToken', 'refreshToken', 'clockDrift', 'userData'] as const;

/** The names of all values of a session. */
export const STORED_ITEMS: readonly SessionItem[] = [...FORGOTTEN, 'deviceKey'];

/** One user's view of the storage, in the form that amazon-cognito-identity-js takes as well. */
export interface UserStorage {
  /**
   * Reads a value.
   * @throws AuthError `StorageFailed`. Not while a login is under way, which amazon-cognito-identity-js could not handle: there,
   *   `assertReadable` throws it afterwards.
   */
  getItem(key: string): string | null;
  /** Keeps a value. */
  setItem(key: string, value: string): void;
  /** Removes a value. */
  removeItem(key: string): void;
  /** Removes what a login under way has written. */
  clear(): void;
  /**
   * Whether this user is the one whom the storage names as logged in.
   * @throws AuthError `StorageFailed`
   */
  isCurrent(): boolean;
  /**
   * Runs a function whose writes go through without a check, since this user has just been found to be current.
   * @param write The function, which must not be async.
   */
  writeAsCurrent(write: () => void): void;
  /**
   * Checks that the login under way could read all that it needed.
   * @throws AuthError `StorageFailed` where it could not
   */
  assertReadable(): void;
  /** Writes what the login has stored; from now on the view is this user's. */
  commit(username: string): void;
  /**
   * Removes the user's session.
   * @returns The storage's error where it failed. The user is logged out even so.
   */
  forget(): AuthError | undefined;
  /** Ends all writing and removing through this view. */
  close(): void;
}

/**
 * One user's view of the storage, which the login client gets in place of the storage itself. Clients write whenever an answer
 * arrives: without the view, a login that another has overtaken, or a refresh that ends after the logout, would bring the earlier
 * user back. So the writes of a login are held back until it is committed, and later writes go through only while their user is the
 * current one. Only a login changes who that is.
 * @param storage The app's storage.
 * @param clientId The app client's id, which is part of every key.
 * @param username The pool's own name of the user; `undefined` for a login under way.
 */
export function userStorage(storage: FallbackStorage, clientId: string, username?: string): UserStorage {
  const { lastUser } = sessionKeys(clientId);
  const waiting = new Map<string, string>();
  let closed = false;
  let isKnownCurrent = false;
  let unreadable: unknown;

  const isCurrent = (): boolean => isKnownCurrent || (!closed && storage.getItem(lastUser) === username);
  const isCurrentOr = (otherwise: boolean): boolean => unlessUnreadable(isCurrent, otherwise);

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
    /** Storages have this method. The app's own storage is not cleared, since it may hold other values. */
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
      storage.setItem(lastUser, name); // written last: it makes the tokens before it count
      waiting.clear();
    },
    forget() {
      if (closed || username === undefined) return undefined;
      // The user's name is removed first: without it, values that cannot be removed count for nothing.
      return removeAll(storage, [...(isCurrentOr(true) ? [lastUser] : []), ...forgottenKeys(clientId, username)]);
    },
    close() {
      closed = true;
    },
  };
}

/** What `ask` answers; `otherwise` where the storage cannot be read. */
function unlessUnreadable(ask: () => boolean, otherwise: boolean): boolean {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

function forgottenKeys(clientId: string, username: string): string[] {
  const { of } = sessionKeys(clientId);
  return FORGOTTEN.map((item) => of(username, item));
}

/** Removes values, all of them even where one fails, and gives the first failure. */
function removeAll(storage: FallbackStorage, keys: readonly string[]): AuthError | undefined {
  return keys.map((key) => storage.removeItem(key)).find((failure) => failure !== undefined);
}
