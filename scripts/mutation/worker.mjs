// A warm process that runs test files with a mutant switched on. Every file gets Jest's fresh modules and globals; what is kept
// between them is Jest itself and the compiled code.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { readConfigs } from 'jest-config';
import TestRunner from 'jest-runner';
import Runtime from 'jest-runtime';

const require = createRequire(import.meta.url);
const run = require('./run.cjs');
const here = (name) => resolve(import.meta.dirname, name);

const jestConfig = require('../../jest.config.js');
const transform = Object.entries(jestConfig.transform).map(([files, [, options]]) => [
  files,
  [here('transform.cjs'), options],
]);
const config = {
  ...jestConfig,
  rootDir: process.cwd(),
  testEnvironment: here('environment.cjs'),
  transform: Object.fromEntries(transform),
};
const argv = { _: [], $0: 'jest', config: JSON.stringify(config), runInBand: true, silent: true };
const { globalConfig, configs } = await readConfigs(argv, [process.cwd()]);
const context = await Runtime.createContext(configs[0], { maxWorkers: 1, watch: false, watchman: false });
const never = { isInterrupted: () => false, isWatchMode: () => false };

/** Runs one test file: what failed in it, how long it and its slowest test took in ms, and what it passed through. */
async function runFile({ path, tests, hitLimit, timeout }, mutant) {
  Object.assign(run, { mutant, hitLimit, tests, failed: false, coverage: undefined });
  const limited = timeout === undefined ? {} : { testTimeout: timeout };
  const runner = new TestRunner({ ...globalConfig, ...limited }, {});
  const outcome = new Promise((done) => {
    runner.on('test-file-success', ([, result]) => {
      const slowest = Math.max(0, ...result.testResults.map(({ duration }) => duration ?? 0));
      done({ failure: result.failureMessage ?? undefined, runtime: result.perfStats.runtime, slowest });
    });
    runner.on('test-file-failure', ([, error]) => {
      done({ failure: String(error.stack ?? error.message ?? error), runtime: 0, slowest: 0 });
    });
  });
  const test = { path: resolve(path), context: { ...context, config: { ...context.config, ...limited } } };
  await runner.runTests([test], never, { serial: true });
  return { ...(await outcome), coverage: run.coverage };
}

process.on('message', async ({ mutant, files }) => {
  const results = [];
  for (const file of files) {
    const { coverage, ...result } = await runFile(file, mutant);
    results.push({ path: file.path, ...result, ...(mutant === undefined && { coverage }) });
    if (result.failure !== undefined && mutant !== undefined) break;
  }
  process.send({ results, memory: process.memoryUsage.rss() });
});
// A loop without end holds the event loop, and this message back.
setInterval(() => process.send({ alive: true }), 1000);
process.send({ ready: true });
