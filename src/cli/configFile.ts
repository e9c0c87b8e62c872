/** The configuration of an app, from a file. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApigConfig } from '../apig/index.js';
import { isObject } from '../util/index.js';
import { UsageError } from './usageError.js';

/**
 * Reads a configuration: JSON, such as `sigv4-client local --json` prints on its first line, or a module that exports it, as
 * tutorials' `config.js` does. What it holds is checked by `createApig`.
 * @param file Its path.
 * @param cwd Where a relative one begins.
 * @throws UsageError where the file cannot be read or holds none
 */
export async function readConfigFile(file: string, cwd: string): Promise<ApigConfig> {
  const path = resolve(cwd, file);
  let config: unknown;
  try {
    const isModule = ['.js', '.mjs', '.cjs'].includes(extname(path));
    config = isModule ? await importConfig(path) : parseConfig(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--config: ${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
  if (hasApi(config)) return config;
  throw new UsageError(`--config: expected ${file} to hold { cognito: { … }, apiGateway: { … } }`);
}

/** Parses the whole text as JSON, or else its first line. */
function parseConfig(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const [line, ...more] = text.split('\n');
    if (more.length === 0) throw error;
    return JSON.parse(line!) as unknown;
  }
}

async function importConfig(path: string): Promise<unknown> {
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  // CommonJS, and what a bundler made of ES modules, have their exports one level further down.
  const candidates = [
    module.default,
    module.config,
    module,
    (module.default as { default?: unknown } | undefined)?.default,
  ];
  return candidates.find(hasApi);
}

function hasApi(value: unknown): value is ApigConfig {
  return Object(value) === value && isObject((value as Partial<ApigConfig>).apiGateway);
}
