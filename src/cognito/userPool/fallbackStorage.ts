/**
 * The app's storage with memory as its fallback: what it does not take, or does not forget, is known here all the same, to
 * every instance on it. What it throws becomes an error of ours.
 */
import { AuthError } from '../../errors.js';
import { safeCause } from '../../util/index.js';
import type { TokenStorage } from './storage.js';

/** A storage that may fail to tell, and nothing else. */
export interface FallbackStorage {
  /**
   * The value; `null` where there is none.
   * @throws AuthError `StorageFailed`
   */
  getItem(key: string): string | null;
  /** Keeps a value, in memory where the storage does not take it. */
  setItem(key: string, value: string): void;
  /**
   * Forgets a value: from now on there is none, whatever the storage still holds.
   * @returns What the storage failed with, for whoever asked for it; it is no reason to leave the next value where it is.
   */
  removeItem(key: string): AuthError | undefined;
}

/** What stands in memory for what the storage holds. */
interface StandIn {
  readonly value: string | null;
  /** What the storage held when it failed; `undefined` until that can be read. */
  outdated: string | null | undefined;
}

/** By the app's storage: an instance that is made later must not find a user who has logged out. */
const standInsFor = new WeakMap<TokenStorage, Map<string, StandIn>>();

/**
 * Makes a storage safe to use. What stands in memory counts for as long as the page is there, and until the storage holds
 * something else than what it held when it failed: another tab has stored that.
 * @param storage The app's storage.
 */
export function withMemoryFallback(storage: TokenStorage): FallbackStorage {
  const standIns = standInsFor.get(storage) ?? new Map<string, StandIn>();
  standInsFor.set(storage, standIns);

  function read(key: string): string | null {
    const held = storage.getItem(key);
    return held === undefined || held === '' ? null : held; // empty: what is left where a value could not be removed
  }

  function standIn(key: string, value: string | null): void {
    let outdated: string | null | undefined;
    try {
      outdated = read(key);
    } catch {
      // The first time that it can be read tells.
    }
    standIns.set(key, { value, outdated });
  }

  function removeItem(key: string): AuthError | undefined {
    try {
      storage.removeItem(key);
      if (read(key) !== null) throw new Error('a value is still there after removeItem');
      standIns.delete(key);
      return undefined;
    } catch (cause) {
      try {
        storage.setItem(key, ''); // for when the page is loaded again
      } catch {
        // Then it is known here alone.
      }
      standIn(key, null);
      return storageFailed(cause);
    }
  }

  return {
    getItem(key) {
      let held: string | null;
      try {
        held = read(key);
      } catch (cause) {
        throw storageFailed(cause);
      }
      const known = standIns.get(key);
      if (!known) return held;
      if (known.outdated === undefined) known.outdated = held;
      if (known.outdated === held) return known.value;
      standIns.delete(key);
      return held;
    },
    setItem(key, value) {
      try {
        storage.setItem(key, value);
        // Another value may be there by now: another tab's.
        if (read(key) === null) throw new Error('a value is not there after setItem');
        standIns.delete(key);
      } catch {
        removeItem(key); // what was there is out of date
        standIn(key, value);
      }
    },
    removeItem,
  };
}

/**
 * The error for a storage that has failed.
 * @param thrown What it threw.
 */
export function storageFailed(thrown: unknown): AuthError {
  if (thrown instanceof AuthError) return thrown; // it has not been loaded yet
  const cause = safeCause(thrown);
  return new AuthError(
    'StorageFailed',
    `The storage that keeps the session failed: ${/^[^]*[^.\s]/.exec(cause.message)?.[0] ?? ''}. ` +
      'Check the option storage; where it is localStorage, whether the browser allows the page to use it.',
    { cause },
  );
}
