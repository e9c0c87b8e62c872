/**
 * The app's storage, with memory as its fallback: where it fails to keep or to remove a value, the memory stands in for it, for all
 * instances on the same storage. Errors that the storage throws become `AuthError`s.
 */
import { AuthError } from '../../errors.js';
import { safeCause } from '../../util/index.js';
import { withoutFullStop } from '../shared/index.js';
import type { TokenStorage } from './storage.js';

/** A storage of which only reading may fail. */
export interface FallbackStorage {
  /**
   * The value; `null` where there is none.
   * @throws AuthError `StorageFailed`
   */
  getItem(key: string): string | null;
  /** Keeps a value, in memory where the storage does not take it. */
  setItem(key: string, value: string): void;
  /**
   * Removes a value: from now on it counts as gone, even where the storage still holds it.
   * @returns What the storage failed with. It is returned and not thrown, so that callers go on to remove the other values.
   */
  removeItem(key: string): AuthError | undefined;
}

/** A value in memory that counts in place of the one in the storage. */
interface StandIn {
  readonly value: string | null;
  /** What the storage held when it failed; `undefined` until that can be read. */
  outdated: string | null | undefined;
}

/** The stand-ins for each storage, so that an instance that is made later does not find a user who has logged out. */
const standInsFor = new WeakMap<TokenStorage, Map<string, StandIn>>();

/**
 * Makes a storage safe to use. A value in memory counts until the page is left, or until the storage holds another value than when
 * it failed: then another tab has stored a newer one.
 * @param storage The app's storage.
 * @param watch Takes what a write gives: one that reads at once may still write by promises.
 */
export function withMemoryFallback(
  storage: TokenStorage,
  watch: (written: unknown) => void = () => undefined,
): FallbackStorage {
  const standIns = standInsFor.get(storage) ?? new Map<string, StandIn>();
  standInsFor.set(storage, standIns);

  const read = (key: string): string | null => readFrom(storage, key);

  function standIn(key: string, value: string | null): void {
    let outdated: string | null | undefined;
    try {
      outdated = read(key);
    } catch {
      // It cannot be read: `outdated` stays `undefined` until it can.
    }
    standIns.set(key, { value, outdated });
  }

  function removeItem(key: string): AuthError | undefined {
    try {
      watch(storage.removeItem(key));
      if (read(key) !== null) throw new Error('a value is still there after removeItem');
      standIns.delete(key);
      return undefined;
    } catch (cause) {
      try {
        watch(storage.setItem(key, '')); // so that the value is gone after a reload as well
      } catch {
        // Neither worked: until the page is left, the memory knows that the value is gone.
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
        watch(storage.setItem(key, value));
        // Not compared with the value: another tab may have stored another one by now.
        if (read(key) === null) throw new Error('a value is not there after setItem');
        standIns.delete(key);
      } catch {
        removeItem(key); // the value that the storage may still hold is out of date
        standIn(key, value);
      }
    },
    removeItem,
  };
}

/** A value of the app's storage, where an empty text stands for one that could not be removed. */
function readFrom(storage: TokenStorage, key: string): string | null {
  const held = storage.getItem(key);
  return held === undefined || held === '' ? null : held;
}

/**
 * The error for a storage that has failed.
 * @param thrown What it threw.
 */
export function storageFailed(thrown: unknown): AuthError {
  if (thrown instanceof AuthError) return thrown; // `NotReady`, from a storage that is not loaded yet
  const cause = safeCause(thrown);
  return new AuthError(
    'StorageFailed',
    `The storage that keeps the session failed: ${withoutFullStop(cause.message)}. ` +
      'Check the option storage; where it is localStorage, whether the browser allows the page to use it.',
    { cause },
  );
}
