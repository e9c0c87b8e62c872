/** A storage that answers by promises, as an app's on a phone. */
import type { AsyncTokenStorage } from '../../src/apig/index';

type Method = keyof AsyncTokenStorage;

/** A storage each of whose answers takes a while, with what it holds and what was done. */
export function slowStorage(items = new Map<string, string>()) {
  const done: string[] = [];
  const failing = new Set<Method>();
  const answer = async <T>(method: Method, key: string, work: () => T): Promise<T> => {
    await new Promise(setImmediate);
    if (failing.has(method)) throw new Error(`${method} failed`);
    done.push(`${method} ${key.split('.').at(-1)}`);
    return work();
  };
  const storage: AsyncTokenStorage = {
    getItem: (key) => answer('getItem', key, () => items.get(key) ?? null),
    setItem: (key, value) => answer('setItem', key, () => void items.set(key, value)),
    removeItem: (key) => answer('removeItem', key, () => void items.delete(key)),
  };
  return { storage, items, done, failing };
}
