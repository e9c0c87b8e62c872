import { basename } from 'node:path';

/** A loop has no end that passes the mutated code ten times as often as the right code does, and 1,000 times more. */
const hitLimitFor = (hits) => 10 * hits + 1000;

/** In ms: what a test may take beyond five times what the slowest of its file takes with the right code. */
const GRACE = 5000;

/** The same numbers for the same seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of the items in the order in which the seed draws them, so that a run that is cut short is a sample too; all, where there are no more. */
export function sample(items, count, seed) {
  const next = random(seed);
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ item }) => item);
}

/**
 * The test files that reach a mutant, that of the same name first and then the fastest first, with the tests to run in each.
 * @param mutant as `makeMutants` gives it
 * @param learned what each test file passed through without a mutant: `path`, `runtime` and `slowest` in ms, `coverage`
 */
export function planFor({ id, file }, learned) {
  const name = basename(file, '.ts');
  const isNamesake = ({ path }) => basename(path).startsWith(`${name}.`);
  return learned
    .filter(({ coverage }) => coverage.static[id] !== undefined || testsReaching(id, coverage).length > 0)
    .sort((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)) || a.runtime - b.runtime)
    .map(({ path, runtime, slowest, coverage }) => {
      const tests = testsReaching(id, coverage);
      const hits = tests.reduce((sum, test) => sum + coverage.perTest[test][id], coverage.static[id] ?? 0);
      const all = coverage.static[id] !== undefined; // code that runs as the file is loaded may change any of its tests
      return { path, runtime, hitLimit: hitLimitFor(hits), timeout: GRACE + 5 * slowest, ...(!all && { tests }) };
    });
}

function testsReaching(id, { perTest }) {
  return Object.keys(perTest).filter((test) => perTest[test][id] !== undefined);
}
