#!/usr/bin/env node
// All of a release that can be tried without publishing: `npm run release:check`. Each step runs, and the failed ones are
// named at the end. Deno, which publishes to JSR, comes from npm.
import { spawnSync } from 'node:child_process';

const deno = 'npx --yes deno@2 publish --quiet --dry-run --unstable-sloppy-imports --allow-dirty';
const steps = [
  ['what keeps it from being published', 'node scripts/release-problems.mjs'],
  ['the tarball: publint, are-the-types-wrong, every entry', 'npm run --silent check:package'],
  ['npm publish, without publishing', 'npm publish --dry-run --ignore-scripts --loglevel error'],
  ['JSR, without publishing', deno],
];

const failed = steps.filter(([name, command]) => {
  console.log(`\n── ${name}: ${command}`);
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  return status !== 0;
});
for (const [name] of failed) console.error(`failed: ${name}`);
console.log(failed.length === 0 ? '\nIt can be released.' : '\nIt cannot be released yet.');
process.exitCode = failed.length === 0 ? 0 : 1;
