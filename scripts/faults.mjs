// Calls the API through invokeApig under mixed faults: two users alternate at one app, a fault proxy stands before each
// of the three local services, the device's clock jumps by an hour, credentials expire in the middle of bursts, and so do the
// tokens, which are renewed with rotation of refresh tokens.
//
//   node scripts/faults.mjs [calls = 1000] [seed = 1]
//
// Half of the calls get their credentials through aws-sdk, half through the built-in client. Every call must end in its
// right result or in an error of the library; none may hang or be signed with another user's credentials, no POST or
// PATCH may be executed twice, and no session may end. Any deviation is printed and makes the exit code 1.
//
// It runs the TypeScript sources, bundled by esbuild into a temporary file, so no build is needed.
import { importSource } from './importSource.mjs';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';

const [calls = 1000, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(calls) || calls < 2 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('usage: node scripts/faults.mjs [calls] [seed]');
  process.exit(2);
}

const { runUnderFaults, withAwsSdk, builtIn } = await importSource(`
  export { runUnderFaults } from './__tests__/support/faultRun.ts';
  export { createApig as withAwsSdk } from './src/apig/invokeApig.ts';
  export { createApig as builtIn } from './src/apig/index.ts';
`);
const half = Math.floor(calls / 2);
const runs = [
  ['credentials through aws-sdk', { calls: half, seed, createApig: withAwsSdk }],
  ['credentials through the built-in client', { calls: calls - half, seed: seed + 1, createApig: builtIn }],
];
for (const [name, options] of runs) {
  const report = await runUnderFaults(options);
  print(`${name}: ${options.calls} calls, seed ${options.seed}`, report);
  if (report.deviations.length > 0) process.exitCode = 1;
}

function print(title, { outcomes, faults, executed, logins, slowest, seconds, deviations }) {
  const sum = (counts) => [...counts.values()].reduce((total, count) => total + count, 0);
  const list = (counts) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `    ${String(count).padStart(5)}  ${what}`)
      .join('\n');
  console.log(`${title}, ${seconds.toFixed(0)} s`);
  console.log(`  outcomes: ${sum(outcomes)}, the slowest after ${(slowest / 1000).toFixed(1)} s\n${list(outcomes)}`);
  console.log(`  logins: ${logins.right} done, ${logins.failed} failed with a typed error and were tried again`);
  console.log(`  faults: ${sum(faults)}\n${list(faults)}`);
  console.log(`  executed by the API: ${sum(executed)}\n${list(executed)}`);
  console.log(`  deviations: ${deviations.length}\n`);
  for (const line of deviations) console.error(`  ${line}`);
}
