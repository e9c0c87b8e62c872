// Calls the API through invokeApig while users come and go: three instances on one storage, as three tabs are, calls with
// and without `login`, logins, logouts, reloaded pages, slow services, tokens and credentials that expire.
//
//   node scripts/session-stress.mjs [calls = 2000] [seed = 1]
//
// Every body says whom it is meant for, and the API behind the local gateway says who signed it. Any that arrives under
// another name, or twice, and any error that is not the library's is printed and makes the exit code 1.
//
// It runs the TypeScript sources, bundled by esbuild into a temporary file, so no build is needed.
import { importSource } from './importSource.mjs';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';

const [calls = 2000, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(calls) || calls < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('usage: node scripts/session-stress.mjs [calls] [seed]');
  process.exit(2);
}

const { runManySessions, withAwsSdk, builtIn } = await importSource(`
  export { runManySessions } from './__tests__/support/sessionRun.ts';
  export { createApig as withAwsSdk } from './src/apig/invokeApig.ts';
  export { createApig as builtIn } from './src/apig/index.ts';
`);
const { outcomes, events, arrived, seconds, deviations } = await runManySessions({
  calls,
  seed,
  createApigs: [builtIn, builtIn, withAwsSdk],
});
console.log(`${calls} calls, seed ${seed}, ${seconds.toFixed(0)} s: ${arrived} bodies arrived`);
for (const [what, count] of [...events, ...[...outcomes].sort()])
  console.log(`  ${String(count).padStart(5)}  ${what}`);
console.log(`  deviations: ${deviations.length}`);
for (const line of deviations) console.error(`  ${line}`);
if (deviations.length > 0) process.exitCode = 1;
