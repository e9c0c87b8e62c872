// The examples of the refusal reader, and the one of the front page: refusals that the local gateway gave while the site was built.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { SITE } from './paths.mjs';

/** @returns `examples`, with `label`, `request` and `refusal` of each as HTTP writes them, and what is found in the `first`. */
export async function makeExamples() {
  const folder = mkdtempSync(join(tmpdir(), 'site-examples-'));
  try {
    const outfile = join(folder, 'examples.mjs');
    // Bundled, since the sources are TypeScript.
    await build({
      entryPoints: [join(SITE, 'tools/examples.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    const { makeExamples: make, readExample } = await import(pathToFileURL(outfile).href);
    const examples = await make();
    return { examples, first: readExample(examples[0]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
