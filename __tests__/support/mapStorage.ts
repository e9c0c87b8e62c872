import type { TokenStorage } from '../../src/apig/index';

/** A storage whose items a test can look at. */
export interface MapStorage extends TokenStorage {
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
  readonly items: Map<string, string>;
  /** How many characters it takes in all. */
  room: number;
}

export function mapStorage(): MapStorage {
  const items = new Map<string, string>();
  const storage: MapStorage = {
    items,
    room: Infinity,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      const others = [...items].filter(([name]) => name !== key).flat();
      if ([...others, key, value].join('').length > storage.room) throw new Error('The quota has been exceeded.');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
  };
  return storage;
}
