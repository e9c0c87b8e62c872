/** Keeps cognito-local's tables in memory. */

type Tree = Record<string, unknown>;

/** Makes the stores of cognito-local, which would otherwise write passwords to a file. */
export class MemoryStores {
  create(_context: unknown, _id: string, defaults: Tree): Promise<MemoryStore> {
    return Promise.resolve(new MemoryStore(defaults));
  }
}

class MemoryStore {
  // Without a prototype, so that a user may be called `constructor` or `__proto__`.
  readonly #root: Tree = bare();

  constructor(defaults: Tree) {
    for (const [key, value] of Object.entries(defaults)) {
      this.#root[key] = isEmptyTable(value) ? bare() : value;
    }
  }

  getRoot(): Promise<Tree> {
    return Promise.resolve(this.#root);
  }

  get(_context: unknown, key: string | string[], defaultValue: unknown = null): Promise<unknown> {
    const found = [key].flat().reduce<unknown>((node, name) => (node as Tree | undefined)?.[name], this.#root);
    return Promise.resolve(found ?? defaultValue);
  }

  set(_context: unknown, key: string | string[], value: unknown): Promise<void> {
    const { parent, last } = this.#locate(key);
    parent[last] = value;
    return Promise.resolve();
  }

  delete(_context: unknown, key: string | string[]): Promise<void> {
    const { parent, last } = this.#locate(key);
    Reflect.deleteProperty(parent, last);
    return Promise.resolve();
  }

  #locate(key: string | string[]): { parent: Tree; last: string } {
    const path = [key].flat();
    const parent = path.slice(0, -1).reduce<Tree>((node, name) => (node[name] ??= bare()) as Tree, this.#root);
    return { parent, last: path[path.length - 1]! };
  }
}

function bare(): Tree {
  return Object.create(null) as Tree;
}

function isEmptyTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
