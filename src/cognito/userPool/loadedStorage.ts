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

  first.catch(() => undefined); // whoever loads it is told
  const contents = contentsOf(given as AsyncTokenStorage);
  let isLoaded = false;
  let loading: Promise<void> | undefined;
  let writing: Promise<unknown> | undefined;
  let failure: AuthError | undefined;

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

  function write(written: Promise<unknown>): void {
    const known = written.catch((cause: unknown) => {
      failure ??= storageFailed(cause);
    });
    writing = Promise.all([writing, known]);
  }

  return {
    storage: {
      getItem(key) {
        if (isLoaded) return contents.held.get(key) ?? null;
        throw new AuthError('NotReady', 'The storage of the session is not loaded yet: await ready() first.');
      },
      setItem(key, value) {
        write(contents.write(key, value));
      },
      removeItem(key) {
        write(contents.write(key, undefined));
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

/** What a storage holds, for all instances that stand on it: one's logout is the others' at once. */
interface Contents {
  readonly held: ReadonlyMap<string, string>;
  /** Reads a value from the storage. What is on its way there, or could not be written, goes before what still stands there. */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Holds a value, and writes it after all others; `undefined` takes it away. */
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
  /** The last write of each key, and those of them that are not in the storage. */
  const writes = new Map<string, object>();
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

/** Where it cannot be taken away, nothing is written in its place: nobody is to be found there who has logged out. */
async function takeAway(given: AsyncTokenStorage, key: string): Promise<void> {
  try {
    await given.removeItem(key);
  } catch (error) {
    await given.setItem(key, '');
    throw error;
  }
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
