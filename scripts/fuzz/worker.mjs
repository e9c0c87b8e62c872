// Fuzzes one target, in a thread of its own: `{ target, seed, milliseconds, current }` come as workerData, `{ texts, finding }` goes
// back. `current` is shared memory that holds the text that is being read: a thread that hangs cannot tell it.
import fc from 'fast-check';
import { parentPort, workerData } from 'node:worker_threads';
import { nearly } from './mutations.mjs';
import { isOurs, targets } from './targets.mjs';

/** How often a text is also tried at length. */
const LONG_ONE_IN = 40;
/** A text four times as long may take this many times as long: linear is 4, quadratic 16. */
const WORST_GROWTH = 10;
/** In ms: what takes less is not worth measuring. */
const MEASURABLE = 50;

const { target, seed, milliseconds, current } = workerData;
const { corpus, run } = targets[target];
const text = Buffer.from(current, 8);
const counters = new Int32Array(current, 0, 2); // how many texts there were, and the bytes of this one

/** Runs the target; its errors are the library's, or they are the finding. */
async function attempt(input) {
  counters[1] = text.write(input);
  Atomics.add(counters, 0, 1);
  try {
    return await run(input);
  } catch (error) {
    if (isOurs(error)) return undefined;
    throw error;
  }
}

/** The least of three times, in ms of this process's own work: other programs on the machine do not count. */
async function timeOf(input) {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const start = process.cpuUsage();
    await attempt(input);
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** How a part of the text, repeated, makes the time grow; measured again where it seems too much, since machines hesitate. */
async function findGrowth(input, from, length) {
  const start = Math.floor(from * input.length);
  const part = input.slice(start, start + 1 + Math.floor(length * 40));
  if (part === '') return undefined;
  const repeated = (size) =>
    input.slice(0, start) + part.repeat(Math.ceil(size / part.length)) + input.slice(start + part.length);
  let growth = 0;
  for (let round = 0; round < 4; round++) {
    const [short, long] = [await timeOf(repeated(20_000)), await timeOf(repeated(80_000))];
    growth = long / short;
    if (long < MEASURABLE || growth < WORST_GROWTH) return undefined;
  }
  return `four times ${JSON.stringify(part)} take ${growth.toFixed(1)} times as long`;
}

const input = fc.record({
  text: nearly(corpus),
  isLong: fc.integer({ min: 1, max: LONG_ONE_IN }).map((drawn) => drawn === 1),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.double({ min: 0, max: 1, noNaN: true }),
});
const property = fc.asyncProperty(input, async ({ text, isLong, from, length }) => {
  const wrong = (await attempt(text)) ?? (isLong ? await findGrowth(text, from, length) : undefined);
  if (wrong !== undefined) throw new Error(wrong);
});
const { failed, numRuns, counterexample, errorInstance } = await fc.check(property, {
  seed,
  numRuns: 2 ** 31 - 1,
  interruptAfterTimeLimit: milliseconds,
  markInterruptAsFailure: false,
});
const finding = failed ? `${JSON.stringify(counterexample, null, 2)}\n${errorInstance?.stack}` : undefined;
parentPort.postMessage({ texts: numRuns, finding });
