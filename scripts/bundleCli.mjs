// Bundles the command line into one file, so that `npx sigv4-client` installs nothing but this package and crypto-js: what the
// local AWS checks its tokens with (jose) is inside. The licenses of what is inside lie beside it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles the command line.
 * @param outfile Where to; as CommonJS, since crypto-js is.
 */
export async function bundleCli(outfile) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { SIGV4_CLIENT_VERSION: JSON.stringify(version) },
    metafile: true,
    logLevel: 'warning',
  });
  const packages = new Set(
    Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]),
  );
  packages.delete(undefined);
  writeFileSync(outfile.replace(/\.c?js$/, '.licenses.txt'), [...packages].sort().map(licenseOf).join('\n\n'));
}

function licenseOf(name) {
  const folder = join(ROOT, 'node_modules', name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !existsSync(join(folder, file))) throw new Error(`${name} is bundled and has no license file`);
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
