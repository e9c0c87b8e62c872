#!/usr/bin/env node
// `npm run test:mutation`: the code of the signer, the verifier, the explanation, the retries and the session is changed on purpose, one
// change at a time (Stryker's mutants), and the room's own tests are to fail. Survivors are printed; below a room's limit, or with an entry
// of mutation/equivalent.json that is stale, the exit code is 1. Options: --room sigv4 and --file src/sigv4/endpoint.ts (several times),
// --sample 60 mutants of each room, --seed 1, --again for the survivors of the last run alone, --test for these test files alone.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeMutants } from './mutation/mutants.mjs';
import { planFor, sample } from './mutation/plan.mjs';
import { rooms } from './mutation/rooms.mjs';
import { interval, means, scoreOf } from './mutation/score.mjs';
import { startWorkers } from './mutation/workers.mjs';

/** In ms, beside twice what a file takes with the right code: how long a worker may say nothing. */
const PATIENCE = 20_000;

const { values } = parseArgs({
  options: {
    room: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    test: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    again: { type: 'boolean', default: false },
  },
});
const equivalent = JSON.parse(readFileSync(new URL('mutation/equivalent.json', import.meta.url), 'utf8'));
const reportOf = (room) => `coverage/mutation-${room}.json`;

const filesIn = (folder, ending) =>
  folder.endsWith(ending)
    ? [folder]
    : readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name).replaceAll('\\', '/'))
        .sort();

/** What each of the room's test files passes through, without a mutant. */
async function learn(tests, workers) {
  const { results, lost } = await workers.run({ files: tests.map((path) => ({ path })) }, 600_000);
  if (lost !== undefined) throw new Error(`The tests have ${lost} without a mutant.`);
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) throw new Error(`Without a mutant fails:\n${failed.map(({ failure }) => failure).join('\n')}`);
  return results;
}

/** Runs the tests that reach a mutant, until one fails: which, or how else it was noticed, or undefined. */
async function killerOf(mutant, learned, workers) {
  const files = planFor(mutant, learned);
  if (files.length === 0) return { tests: 0 };
  const slowest = Math.max(...files.map(({ runtime }) => runtime));
  const run = () => workers.run({ mutant: mutant.id, files }, PATIENCE + 2 * slowest);
  let outcome = await run();
  if (outcome.lost === 'crashed') outcome = await run(); // what a former mutant left behind may have done it
  if (outcome.lost !== undefined) return { tests: files.length, killed: outcome.lost };
  const failed = outcome.results.find(({ failure }) => failure !== undefined);
  return { tests: files.length, ...(failed && { killed: failed.path, failure: failed.failure.slice(0, 600) }) };
}

const describe = ({ mutant, tests }) =>
  `  ${mutant.file}:${mutant.line}:${mutant.column} ${mutant.mutator}: ${mutant.original}  →  ${mutant.replacement}` +
  (tests === 0 ? '  (no test comes here)' : '');

/** The mutants to run. Those that are listed as equivalent run with all the others alone, which finds the stale entries. */
function choose(mutants, room) {
  if (values.again) {
    const survivors = JSON.parse(readFileSync(reportOf(room), 'utf8')).filter(({ killed }) => killed === undefined);
    return mutants.filter((one) => survivors.some(({ mutant }) => means(mutant, one)));
  }
  if (values.sample === undefined) return mutants;
  const open = mutants.filter((mutant) => !equivalent.some((entry) => means(entry, mutant)));
  return sample(open, Number(values.sample), Number(values.seed));
}

/** Writes down what is known so far, for a look while the rest runs and for `--again`. */
function keep(room, outcomes, all) {
  process.stderr.write(`${room}: ${outcomes.length} of ${all}\n`);
  if (values.again || values.test !== undefined) return;
  mkdirSync('coverage', { recursive: true });
  writeFileSync(reportOf(room), JSON.stringify(outcomes, undefined, 1));
}

async function runRoom(room, files) {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const workers = startWorkers(folder);
  const outcomes = [];
  const mutants = await makeMutants(files, folder);
  try {
    const learned = await learn(
      values.test ?? rooms[room].tests.flatMap((tests) => filesIn(tests, '.test.ts')),
      workers,
    );
    const chosen = choose(mutants, room);
    process.stderr.write(`${room}: ${chosen.length} of ${mutants.length} mutants, ${learned.length} test files\n`);
    for (const mutant of chosen) {
      const outcome = { mutant, ...(await killerOf(mutant, learned, workers)) };
      outcomes.push(outcome);
      if (outcomes.length % 10 === 0 || outcomes.length === chosen.length) keep(room, outcomes, chosen.length);
    }
  } finally {
    workers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { outcomes, mutants };
}

function report(room, { outcomes, mutants }, files) {
  const entries = equivalent.filter(({ file }) => files.includes(file));
  const { killed, survivors, equivalent: equal, score, stale } = scoreOf(outcomes, mutants, entries);
  const by = (how) => outcomes.filter((outcome) => outcome.killed === how).length;
  console.log(
    `${room}: ${outcomes.length} of ${mutants.length} mutants run: ${killed} killed (${by('looped')} as loops, ${by('crashed')} as crashes), ` +
      `${survivors.length} survived, ${equal} equivalent: ${score.toFixed(1)} %, at least ${rooms[room].limit} asked`,
  );
  if (outcomes.length < mutants.length && outcomes.length > 0) {
    const [low, high] = interval(killed, Math.max(1, killed + survivors.length)).map((bound) => bound.toFixed(1));
    console.log(`  a part of the mutants: ${low} to ${high} % with 95 % certainty, if they were drawn by chance`);
  }
  for (const outcome of survivors) console.log(describe(outcome));
  for (const entry of stale) console.log(`  stale in equivalent.json: ${JSON.stringify(entry)}`);
  if (score < rooms[room].limit || stale.length > 0) process.exitCode = 1;
}

for (const name of values.room ?? []) {
  if (!Object.hasOwn(rooms, name))
    throw new Error(`--room: expected one of ${Object.keys(rooms).join(', ')}, got ${name}`);
}
for (const name of [...(values.file ?? []), ...(values.test ?? [])]) {
  if (!existsSync(name)) throw new Error(`--file and --test: there is no ${name}`);
}
for (const [room, { folder }] of Object.entries(rooms)) {
  if (values.room?.includes(room) === false) continue;
  const files = filesIn(folder, '.ts').filter((name) => values.file?.includes(name) ?? true);
  if (files.length > 0) report(room, await runRoom(room, files), files);
}
