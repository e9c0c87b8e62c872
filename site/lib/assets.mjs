// Scripts, styles and fonts. Scripts are classic ones: a browser loads no module from a folder.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { codeStyles } from './markdown.mjs';
import { OUT, SITE } from './paths.mjs';

const FONTS = [
  '@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
  '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
  '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-600-normal.woff2',
];

/** @param examples Those of the refusal reader. */
export async function writeAssets(examples) {
  const assets = join(OUT, 'assets');
  mkdirSync(assets, { recursive: true });
  for (const font of FONTS) cpSync(join(SITE, 'node_modules', font), join(assets, font.replace(/^.*\//, '')));
  cpSync(join(SITE, 'theme/icon.svg'), join(assets, 'icon.svg'));
  writeFileSync(join(assets, 'code.css'), codeStyles());
  const shared = {
    bundle: true,
    minify: true,
    outdir: assets,
    entryNames: '[name]',
    logLevel: 'warning',
    absWorkingDir: SITE,
  };
  await build({ ...shared, entryPoints: ['theme/style.css'], external: ['*.woff2'] });
  await build({
    ...shared,
    entryPoints: ['theme/early.mjs', 'theme/page.mjs', 'tools/reader.ts', 'tools/workbench.ts'],
    define: { EXAMPLES: JSON.stringify(examples) },
    format: 'iife',
    target: 'es2020',
  });
}
