/** Makes Node import a module anew, together with the modules that it imports: under addresses that state a version. */
import type nodeModule from 'node:module';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importModule, mainGlobal } from './mainContext.js';
import type { Exports } from './mainContext.js';

const MARK = 'sigv4-client-version';

interface Resolved {
  readonly url: string;
}
type NextResolve = (specifier: string, context: object) => Resolved;
type Resolve = (specifier: string, context: { readonly parentURL?: string }, next: NextResolve) => Resolved;
/** A function that Node has from 22.15 on, and `@types/node` of version 20 does not know. */
type Hooks = typeof nodeModule & { registerHooks?: (hooks: { resolve: Resolve }) => unknown };

/** Passes the version of the importing module on to what it imports, unless that is in a package. */
const resolve: Resolve = (specifier, context, next) => {
  const found = next(specifier, context);
  const [, version] = (context.parentURL ?? '').split(`${MARK}=`);
  if (version === undefined || !found.url.startsWith('file:') || found.url.includes('/node_modules/')) return found;
  return { ...found, url: `${found.url}${found.url.includes('?') ? '&' : '?'}${MARK}=${version}` };
};

/** The same for older versions of Node, which load it from an address and run it in a thread of its own. */
const RESOLVE_MODULE = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const [, version] = (context.parentURL ?? '').split('${MARK}=');
  if (version === undefined || !found.url.startsWith('file:') || found.url.includes('/node_modules/')) return found;
  return { ...found, url: found.url + (found.url.includes('?') ? '&' : '?') + '${MARK}=' + version };
}`;

/** Marks that the hook is registered, for all copies of this library: Jest has one for each test file. */
const REGISTERED = Symbol.for('sigv4-client.versions');

async function register(): Promise<Hooks> {
  // Imported as the main context has it: Jest has a module of its own in its place.
  const module = (await importModule('node:module')).default as Hooks;
  const main = mainGlobal();
  if (Reflect.has(main, REGISTERED)) return module;
  Reflect.set(main, REGISTERED, true);
  if (module.registerHooks) module.registerHooks({ resolve });
  else module.register(`data:text/javascript,${encodeURIComponent(RESOLVE_MODULE)}`);
  return module;
}

/**
 * Imports a file anew, with what it imports from files that are in no package: ES modules and CommonJS. What was imported
 * before stays in memory.
 * @param file The file's path.
 * @param folder The folder whose CommonJS modules are forgotten.
 * @param version A text of letters, digits and `-` that differs each time.
 * @returns The exports of the file.
 * @throws Whatever the file throws
 */
export async function importVersion(file: string, folder: string, version: string): Promise<Exports> {
  const { cache } = (await register()).createRequire(file);
  for (const path of Object.keys(cache)) {
    const isOwn = path.startsWith(folder + sep) && !path.includes(`${sep}node_modules${sep}`);
    if (isOwn) Reflect.deleteProperty(cache, path);
  }
  return importModule(`${pathToFileURL(file).href}?${MARK}=${version}`);
}
