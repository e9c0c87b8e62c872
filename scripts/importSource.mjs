// Imports TypeScript sources, bundled by esbuild into a temporary file, so that scripts need no build.
import { buildSync } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Imports what a module exports.
 * @param contents The module's source in TypeScript, as if it stood in the repository's top folder.
 */
export async function importSource(contents) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const cache = new URL('../node_modules/.cache/', import.meta.url);
  mkdirSync(cache, { recursive: true });
  // Below node_modules, so that the bundle's own imports are found.
  const bundle = fileURLToPath(new URL(`source-${process.pid}.mjs`, cache));
  try {
    buildSync({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    return await import(pathToFileURL(bundle).href);
  } finally {
    rmSync(bundle, { force: true });
  }
}
