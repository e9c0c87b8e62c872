// Compiles src for all who read the package. `exports` names dist/esm (ES2022) and dist/cjs. Tools that know no `exports`
// (webpack 4, Jest 27, Parcel 2, React Native 0.76) find a folder with a package.json of its own for each entry: it names
// dist/cjs, and dist/es2019 as the ES modules, since webpack 4 parses neither `?.` nor class fields. Pages that are built
// with no tool have one script to load, `unpkg` and `jsdelivr` name it. `bin` names the command line.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { bundleCli } from './bundleCli.mjs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

console.error('Building dist …'); // takes a while, and `npm run local` and the demo begin with it
rmSync('dist', { recursive: true, force: true });
compile('dist/esm', 'ESNext', 'ES2022');
compile('dist/cjs', 'CommonJS', 'ES2019');
await build({
  entryPoints: readdirSync('dist/esm', { recursive: true })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join('dist/esm', file)),
  outdir: 'dist/es2019',
  target: 'es2019',
  format: 'esm',
  logLevel: 'warning',
});
await build({
  entryPoints: ['dist/esm/index.js'],
  outfile: 'dist/sigv4-client.iife.js',
  bundle: true,
  minify: true,
  target: 'es2019',
  format: 'iife',
  globalName: 'sigV4Client', // so that `sigV4Client.newClient(…)` is the same line in a module and after a script tag
  banner: { js: `/*! ${manifest.name} ${manifest.version}, ${manifest.license} */` },
  logLevel: 'warning',
});
await bundleCli('dist/cli.cjs');
for (const [folder, type] of [
  ['dist/esm', 'module'],
  ['dist/es2019', 'module'],
  ['dist/cjs', 'commonjs'],
]) {
  writeJson(folder, { type, sideEffects: false });
}
for (const [entry, target] of Object.entries(manifest.exports)) {
  if (entry !== '.' && target.require) writeEntryFolder(entry.slice(2), target.require);
}

function compile(outDir, module, target) {
  const options = ['--module', module, '--target', target, '--outDir', outDir];
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], { stdio: 'inherit' });
}

/** The entry for tools that look for a folder of its name. */
function writeEntryFolder(folder, { default: main, types }) {
  const toRoot = relative(folder, '.');
  mkdirSync(folder, { recursive: true });
  writeJson(folder, {
    main: join(toRoot, main),
    module: join(toRoot, main.replace('dist/cjs', 'dist/es2019')),
    types: join(toRoot, types),
    sideEffects: false,
  });
}

function writeJson(folder, content) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content)}\n`);
}
