// Compiles src twice, to dist/esm and dist/cjs, each with its types, so that both module systems get what they expect.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

console.error('Building dist …'); // takes a while, and `npm run local` and the demo begin with it
rmSync('dist', { recursive: true, force: true });
for (const [folder, type, module] of [
  ['dist/esm', 'module', 'ESNext'],
  ['dist/cjs', 'commonjs', 'CommonJS'],
]) {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--module', module, '--outDir', folder], {
    stdio: 'inherit',
  });
  // See src/cognito/library.ts. Not where bundlers take the package's CommonJS form for whoever requires it: that would make two of it.
  const browser = type === 'module' ? { 'amazon-cognito-identity-js': './cognito/library.js' } : undefined;
  writeFileSync(`${folder}/package.json`, `${JSON.stringify({ type, sideEffects: false, browser })}\n`);
}
