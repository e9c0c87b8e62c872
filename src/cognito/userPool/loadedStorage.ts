/**
 * Storages that answer by promises, such as React Native's AsyncStorage or the cookies of a server's request. The session's values
 * are loaded once and then read from memory; writes go to the storage one after the other.
 */
import { AuthError } from '../../errors.js';
import { storageFailed, withMemoryFallback } from './fallbackStorage.js';
import type { FallbackStorage } from './fallbackStorage.js';
import { sessionKeys, STORED_ITEMS } from './userStorage.js';
import type { AsyncTokenStorage, TokenStorage } from './storage.js';

/** A storage that may have to be loaded before it is used. */
export interface LoadedStorage {
  /**
   * The storage with methods that answer at once, and in memory where it fails. Its `getItem` throws AuthError `NotReady` before the
   * storage is loaded.
   */
  readonly storage: FallbackStorage;
  /** Loads the storage; `undefined` where that is not, or no longer, needed. Rejects with AuthError `StorageFailed`. */
  readonly load: () => Promise<void> | undefined;
  /** Waits until every write has reached the storage, and gives the error of one that failed. `undefined`: nothing to wait for. */
  readonly flush: () => Promise<AuthError | undefined> | undefined;
}

/**
 * Opens a storage of either kind. It counts as one that answers by promises if it gives a promise for the first value.
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
  let writing: Promise<unknown> | undefined;
  let failure: AuthError | undefined;

  function watch(written: unknown): void {
    if (!isPromise(written)) return;
    const known = written.catch((cause: unknown) => {
      failure ??= storageFailed(cause);
    });
    writing = Promise.all([writing, known]);
  }

  const flush = () =>
    writing?.then(() => {
      const failed = failure;
      failure = undefined;
      return failed;
    });

  if (!isPromise(first)) {
    return { storage: withMemoryFallback(given as TokenStorage, watch), load: () => undefined, flush };
  }

  first.catch(() => undefined); // not reported here: loading asks again, and reports the failure
  const contents = contentsOf(given as AsyncTokenStorage);
  let isLoaded = false;
  let loading: Promise<void> | undefined;

  async function loadAll(): Promise<void> {
    try {
      const username = await contents.read(keys.lastUser);
      const items = username === undefined ? [] : STORED_ITEMS.map((item) => keys.of(username, item));
      await Promise.all([...items, ...others].map(contents.read));
      isLoaded = true;
    } catch (cause) {
      throw storageFailed(cause);
    } finally {
      loading = undefined;
    }
  }

  const loaded: TokenStorage = {
    getItem(key) {
      if (isLoaded) return contents.held.get(key) ?? null;
      throw new AuthError('NotReady', 'The storage of the session is not loaded yet: await ready() first.');
    },
    setItem: (key, value) => contents.write(key, value),
    removeItem: (key) => contents.write(key, undefined),
  };
  return {
    storage: withMemoryFallback(loaded, watch),
    load: () => (isLoaded ? undefined : (loading ??= loadAll())),
    flush,
  };
}

/** A storage's values in memory. All instances on one storage share them, so that a logout in one holds for the others at once. */
interface Contents {
  readonly held: ReadonlyMap<string, string>;
  /** Reads a value from the storage, unless a later one is still being written or could not be written: then that one counts. */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Sets a value in memory at once, and in the storage after all earlier writes; `undefined` removes it. */
  readonly write: (key: string, value: string | undefined) => Promise<void>;
}

const opened = new WeakMap<AsyncTokenStorage, Contents>();

function contentsOf(given: AsyncTokenStorage): Contents {
  const contents = opened.get(given) ?? createContents(given);
  opened.set(given, contents);
  return contents;
}

function createContents(given: AsyncTokenStorage): Contents {
  const held = new Map<string, string>();
  /** For each key an object that stands for its last write, by which a later one is noticed. */
  const writes = new Map<string, object>();
  /** The keys whose last write has not reached the storage. */
  const unwritten = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  function hold(key: string, value: string | undefined): void {
    if (value === undefined) held.delete(key);
    else held.set(key, value);
  }

  return {
    held,
    async read(key) {
      const before = writes.get(key);
      const value = unwritten.has(key) ? undefined : await given.getItem(key);
      const isOvertaken = unwritten.has(key) || writes.get(key) !== before;
      if (!isOvertaken) hold(key, typeof value === 'string' && value !== '' ? value : undefined);
      return held.get(key);
    },
    write(key, value) {
      const mine = {};
      writes.set(key, mine);
      unwritten.add(key);
      hold(key, value);
      const written = last.then(async () => {
        await (value === undefined ? takeAway(given, key) : given.setItem(key, value));
        if (writes.get(key) === mine) unwritten.delete(key);
      });
      last = written.catch(() => undefined);
      return written;
    },
  };
}

/** Removes a value. Where that fails, an empty text is written, so that a user who has logged out is not found again. */
async function takeAway(given: AsyncTokenStorage, key: string): Promise<void> {
  try {
    await given.removeItem(key);
  } catch (error) {
    await given.setItem(key, '');
    throw error;
  }
}

/** Asks for a first value, to see how the storage answers. An error is ignored: the next call on the storage reports it. */
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
