// Signs random requests, sends them with fetch to a server on this machine, and lets aws4 and @smithy/signature-v4 sign what
// arrived there: all signatures must be one.
//
//   node scripts/crosscheck.mjs [requests = 1000] [seed = by the clock]
//
// It runs the TypeScript sources, bundled by esbuild into a temporary file, so no build is needed.
import { mkdirSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const FOLDER = 'node_modules/.cache/crosscheck'; // below the packages that it imports
const [requests = 1000, seed = Date.now() % 1e9] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed)) {
  console.error('usage: node scripts/crosscheck.mjs [requests] [seed]');
  process.exit(2);
}

const { crosscheck, startRecorder } = await importSources();
const recorder = await startRecorder();
console.log(`${requests} requests, seed ${seed} …`);
try {
  await crosscheck(recorder.call, requests, seed);
  console.log('aws4 and @smithy/signature-v4 give the signatures that this library gave');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await recorder.close();
}

async function importSources() {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = `${FOLDER}/${process.pid}.cjs`;
  const contents =
    "export { crosscheck } from './__tests__/support/sigV4Crosscheck.ts'; export { startRecorder } from './__tests__/support/sigV4Harness.ts';";
  await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(outfile);
  }
}
