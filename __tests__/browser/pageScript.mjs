// The script of a test's own page, bundled.
import { build } from 'esbuild';

/**
 * Bundles the source of a page's script, whose imports are found as those of a test are.
 * @param contents The source.
 * @param format `iife`, or `esm` for a script of type module.
 * @returns The bundle's text.
 */
export async function bundlePageScript(contents, format = 'iife') {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), sourcefile: 'page.js' },
    bundle: true,
    format,
    platform: 'browser',
    write: false,
  });
  return outputFiles[0].text;
}
