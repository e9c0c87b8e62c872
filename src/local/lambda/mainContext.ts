/**
 * The context that Node imports modules into. The library itself may run in another one, as it does in Jest, where `import()`
 * and `globalThis` are those of the test: a function has to be loaded as Node loads it all the same.
 */
import { constants, Script } from 'node:vm';

/** A module's exports by name. */
export type Exports = Readonly<Record<string, unknown>>;

type Import = (specifier: string) => Promise<Exports>;

/** The global object of the main context; outside Jest it is `globalThis`. */
export const mainGlobal = (): object => new Script('globalThis').runInThisContext() as object;

/** Node's own `import()`, from a text: the CommonJS build would have `require` in its place. */
function makeImport(): Import {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- no text but this
  if (mainGlobal() === globalThis) return new Function('specifier', 'return import(specifier)') as Import;
  // Node warns that this is experimental. From another context there is no other way.
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return new Script('(specifier) => import(specifier)', { importModuleDynamically }).runInThisContext() as Import;
}

let made: Import | undefined;

/**
 * Imports a module as Node does.
 * @param specifier A URL, or a module of Node's.
 * @throws Whatever the module throws
 */
export const importModule: Import = (specifier) => (made ??= makeImport())(specifier);
