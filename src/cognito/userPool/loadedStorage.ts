/**
 * A storage that answers by promises, such as React Native's AsyncStorage or the cookies of a server's request: what it holds of the
 * session is loaded once, and then known here at once. What is written goes to it in the same order.
 */
import { AuthError } from '../../errors.js';
import { storageFailed } from './fallbackStorage.js';
import { sessionKeys, STORED_ITEMS } from './userStorage.js';
import type { AsyncTokenStorage, TokenStorage } from './storage.js';

/** A storage that may have to be loaded before it is used. */
export interface LoadedStorage {
  /**
   * What it holds, known at once.
   * @throws AuthError `NotReady`, from `getItem`, before it is loaded
   */
  readonly storage: TokenStorage;
  /** Loads it; `undefined` where there is nothing to be loaded, or it has been. Rejects with AuthError `StorageFailed`. */
  readonly load: () => Promise<void> | undefined;
  /** Waits until all that was written is in the storage. Gives what that failed with. */
  readonly flush: () => Promise<AuthError | undefined> | undefined;
}

/**
 * Opens a storage, whichever kind it is: one that gives a promise for the first value that is asked for answers by promises.
 * @param given The app's storage.
 * @param clientId The app client's id; undefined without a user pool.
 * @param others Further keys to load.
 */
export function openStorage(
  given: TokenStorage | AsyncTokenStorage,
  clientId: string | undefined,
  others: readonly string[],
): LoadedStorage {
  const keys = sessionKeys(clientId ?? '');
  const first = probe(given, keys.lastUser);
  if (!isPromise(first)) return { storage: given as TokenStorage, load: () => undefined, flush: () => undefined };

  const held = new Map<string, string>();
  let isLoaded = false;
  let loading: Promise<void> | undefined;
  let writing: Promise<unknown> | undefined;
  let failure: AuthError | undefined;
  first.catch(() => undefined); // whoever loads it is told

  async function read(key: string): Promise<string | undefined> {
    const value = await given.getItem(key);
    if (typeof value === 'string') held.set(key, value);
    return value ?? undefined;
  }

  async function loadAll(): Promise<void> {
    try {
      const username = await read(keys.lastUser);
      const items = username === undefined ? [] : STORED_ITEMS.map((item) => keys.of(username, item));
      await Promise.all([...items, ...others].map(read));
      isLoaded = true;
    } catch (cause) {
      held.clear();
      throw storageFailed(cause);
    } finally {
      loading = undefined;
    }
  }

  function write(work: () => unknown): void {
    writing = (writing ?? Promise.resolve()).then(work).catch((cause: unknown) => {
      failure ??= storageFailed(cause);
    });
  }

  return {
    storage: {
      getItem(key) {
        if (isLoaded) return held.get(key) ?? null;
        throw new AuthError('NotReady', 'The storage of the session is not loaded yet: await ready() first.');
      },
      setItem(key, value) {
        held.set(key, value);
        write(() => given.setItem(key, value));
      },
      removeItem(key) {
        held.delete(key);
        write(() => given.removeItem(key));
      },
    },
    load: () => (isLoaded ? undefined : (loading ??= loadAll())),
    flush: () =>
      writing?.then(() => {
        const failed = failure;
        failure = undefined;
        return failed;
      }),
  };
}

/** The first look; what it throws is thrown again, and told, by whatever needs the storage next. */
function probe(given: TokenStorage | AsyncTokenStorage, key: string): unknown {
  try {
    return given.getItem(key);
  } catch {
    return undefined;
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
