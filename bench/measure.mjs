// Side by side in one process: every round runs each signer once, in turn, so that a busy machine slows all of them alike.
import { workloads } from './workloads.mjs';

const WARM_UP = 5_000; // ms for all signers of a workload: until their code is compiled
const ROUNDS = 25;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

async function run(signer, { requests, calls }, offset) {
  globalThis.gc?.({ type: 'minor' }); // so that nobody's time holds the collection of what the one before has left
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = signer.sign(requests[(offset + i) & 255]);
    if (result instanceof Promise) await result;
  }
  return ((performance.now() - start) * 1000) / calls;
}

/** Times in µs, by round: workload → signer → µs. `only`: part of the workloads' names; default all of them. */
export async function measure(signers, log = () => {}, only = '') {
  const results = {};
  for (const workload of workloads.filter(({ name }) => name.includes(only))) {
    log(workload.name);
    const times = Object.fromEntries(signers.map(({ name }) => [name, []]));
    for (const signer of signers) for (const request of workload.requests) signer.prepare?.(request);
    const warm = performance.now() + (workload.calls > 100 ? WARM_UP : WARM_UP / 5);
    for (let i = 0; i < 2 || performance.now() < warm; i++) {
      for (const signer of signers) await run(signer, workload, i * workload.calls);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (let turn = 0; turn < signers.length; turn++) {
        const signer = signers[(round + turn) % signers.length]; // each comes first in turn
        times[signer.name].push(await run(signer, workload, round * workload.calls));
      }
    }
    results[workload.name] = times;
  }
  return results;
}

/**
 * A table of median µs, and of how many times as long as the reference each takes: the median of the rounds' own ratios,
 * which hold on a machine whose speed changes from round to round.
 */
export function report(results, reference) {
  const names = Object.keys(Object.values(results)[0]);
  const columns = Object.keys(results);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const cell = (times, base) => {
    const time = median(times);
    const ratio = median(times.map((each, round) => each / base[round]));
    return `${time < 100 ? time.toFixed(1) : Math.round(time).toLocaleString('en')} (${ratio.toFixed(2)})`;
  };
  const lines = [''.padEnd(width) + columns.map((name) => name.padStart(18)).join('')];
  for (const name of names) {
    lines.push(
      name.padEnd(width) +
        columns.map((column) => cell(results[column][name], results[column][reference]).padStart(18)).join(''),
    );
  }
  return lines.join('\n');
}
