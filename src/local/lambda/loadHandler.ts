/** Loads a function from a file, and again when the file or what it imports has changed. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { isObject } from '../../util/index.js';
import { LocalAwsError } from '../options/index.js';
import { folderState } from './folderState.js';
import type { Exports } from './mainContext.js';
import { defineAwslambda } from './responseStream.js';
import type { LambdaFunction } from './types.js';
import { importVersion } from './versions.js';

/** The last import of a file. */
interface Loaded {
  readonly state: string;
  readonly exports: Promise<Exports>;
}

const JAVASCRIPT = ['.mjs', '.cjs', '.js'];
const TYPESCRIPT = ['.ts', '.mts', '.cts'];

const loaded = new Map<string, Loaded>();

/**
 * Reads where a function stands.
 * @param address `FILE` or `FILE#EXPORT`.
 * @returns The file, not checked yet, and the export, `undefined` where none is named.
 */
export function readAddress(address: string): { readonly file: string; readonly exportName?: string } {
  const hash = address.lastIndexOf('#');
  return hash < 0 ? { file: address } : { file: address.slice(0, hash), exportName: address.slice(hash + 1) };
}

/**
 * Checks that a file exists, and that this version of Node can import it.
 * @param file The file's path, relative to the working directory.
 * @returns The file's full path.
 * @throws LocalAwsError `InvalidOption`
 */
export function checkFile(file: string): string {
  const path = resolve(file);
  const extension = extname(path);
  if (![...JAVASCRIPT, ...TYPESCRIPT].includes(extension)) {
    throw new LocalAwsError('InvalidOption', `file: expected a .mjs, .cjs, .js or .ts file, got ${path}`);
  }
  if (!existsSync(path)) throw new LocalAwsError('InvalidOption', `file: ${path} does not exist`);
  const isRun = JAVASCRIPT.includes(extension) || Boolean(Reflect.get(process.features, 'typescript'));
  if (isRun) return path;
  const message = `file: ${path} is TypeScript, which Node imports from 22.18 on, and this is ${process.version}: compile it first`;
  throw new LocalAwsError('InvalidOption', message);
}

/**
 * Loads a Lambda function from a file. If the file, or code in its folder or below, has changed since the last call, it is imported
 * again, together with the files outside of packages that it imports. Each imported version stays in memory: use this in development,
 * not in a process that runs for months.
 *
 * @param file The file's path, relative to the working directory: `.mjs`, `.cjs`, `.js`, or `.ts` from Node 22.18 on.
 * @param exportName The export's name, with dots for a function in an exported object: `api.handler`. Default `handler`.
 * @returns The function.
 * @throws LocalAwsError `InvalidOption` where the file does not exist or cannot be imported, or has no such export
 * @example
 * const handler = await loadHandler('src/notes.mjs');
 */
export async function loadHandler(file: string, exportName = 'handler'): Promise<LambdaFunction> {
  const path = checkFile(file);
  const exports = await currentExports(path);
  const found = exportName.split('.').reduce<unknown>((value, name) => memberOf(value, name), exports);
  if (typeof found === 'function') return found as LambdaFunction;
  if (found !== undefined) {
    throw new LocalAwsError(
      'InvalidOption',
      `exportName: ${exportName} of ${path} is no function, but ${typeof found}`,
    );
  }
  const names = Object.keys({ ...exports, ...(isObject(exports.default) ? exports.default : {}) }).filter(
    (name) => name !== 'module.exports',
  );
  const others = names.length === 0 ? 'nothing' : names.join(', ');
  throw new LocalAwsError('InvalidOption', `exportName: ${path} has no export ${exportName}; it exports ${others}`);
}

/** A member of a module or an object. For a CommonJS module, also a member of its `module.exports`. */
function memberOf(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const own: unknown = Reflect.get(value, name);
  return own ?? ('default' in value ? memberOf(value.default, name) : undefined);
}

async function currentExports(path: string): Promise<Exports> {
  const folder = dirname(path);
  const state = await folderState(folder);
  let current = loaded.get(path);
  if (current?.state !== state) {
    defineAwslambda();
    current = { state, exports: importVersion(path, folder, randomUUID()) };
    loaded.set(path, current);
  }
  try {
    return await current.exports;
  } catch (cause) {
    // The error of an ES module does not say where in it.
    const where = Object(cause) instanceof SyntaxError ? ` (node --check ${path} shows where)` : '';
    throw new LocalAwsError('InvalidOption', `file: ${path} cannot be imported: ${String(cause)}${where}`, { cause });
  }
}
