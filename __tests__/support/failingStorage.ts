/** A storage that throws where it is told to, and what an app is told of it. */
import type { TokenStorage } from '../../src/apig/index';
import { mapStorage } from './mapStorage';

export type Method = keyof TokenStorage;
export const METHODS: readonly Method[] = ['getItem', 'setItem', 'removeItem'];

/** A storage whose methods throw where they are told to. */
export function failingStorage() {
  const { items, ...inner } = mapStorage();
  const shouldFail = { decide: (_method: Method, _key: string): boolean => false };
  const guard = <T>(method: Method, key: string, work: () => T): T => {
    if (shouldFail.decide(method, key)) throw new Error(`The operation is insecure: ${method}`);
    return work();
  };
  const storage: TokenStorage = {
    getItem: (key) => guard('getItem', key, () => inner.getItem(key)),
    setItem(key, value) {
      guard('setItem', key, () => {
        inner.setItem(key, value);
      });
    },
    removeItem(key) {
      guard('removeItem', key, () => {
        inner.removeItem(key);
      });
    },
  };
  const fail = (...methods: Method[]): void => {
    shouldFail.decide = (method) => methods.includes(method);
  };
  return { storage, items, fail, shouldFail };
}

export const storageFailed = { name: 'AuthError', code: 'StorageFailed' };
