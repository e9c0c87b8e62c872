#!/usr/bin/env node
// `npm run test:fuzz`: what reads strangers' text is given texts that are nearly right, for ten minutes. Nothing but errors of ours may
// be thrown, nothing forged accepted, and no text may take more than linear time. A finding is made smaller and printed, and the
// exit code is then 1.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { targets } from './fuzz/targets.mjs';

/** A text that takes longer than this, in ms, hangs. */
const HANGS_AFTER = 30_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    target: { type: 'string', multiple: true, default: Object.keys(targets) },
  },
});
const [seed, minutes] = [Number(values.seed), Number(values.minutes)];

/** Fuzzes one target. */
async function fuzz(target) {
  const current = new SharedArrayBuffer(1_000_000);
  const counters = new Int32Array(current, 0, 2);
  const milliseconds = (minutes * 60_000) / values.target.length;
  const worker = new Worker(new URL('fuzz/worker.mjs', import.meta.url), {
    workerData: { target, seed, milliseconds, current },
  });
  let seen = -1;
  let timer;
  const hung = new Promise((resolve) => {
    timer = setInterval(() => {
      if (counters[0] !== seen || seen === 0) seen = counters[0];
      else
        resolve({
          texts: seen,
          finding: `it hangs on ${JSON.stringify(Buffer.from(current, 8, counters[1]).toString())}`,
        });
    }, HANGS_AFTER);
  });
  const ended = new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  try {
    return await Promise.race([ended, hung]);
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
}

console.log(`seed ${seed}, ${minutes} minutes`);
for (const target of values.target) {
  if (!Object.hasOwn(targets, target)) {
    throw new Error(`--target: expected one of ${Object.keys(targets).join(', ')}, got ${target}`);
  }
  const { texts, finding } = await fuzz(target);
  console.log(`${target}: ${texts} texts, ${finding === undefined ? 'nothing found' : 'a finding'}`);
  if (finding === undefined) continue;
  console.log(finding);
  process.exitCode = 1;
}
process.exit();
