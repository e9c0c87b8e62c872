import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** In bytes: each test file leaves some behind in its worker. */
const MEMORY_LIMIT = 2e9;

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

/**
 * Runs test files in a process of their own, which is replaced when it has grown, has died or is held by a loop without end.
 * @param folder where the mutated sources lie
 */
export function startWorkers(folder) {
  let worker;

  async function ready() {
    if (worker?.connected) return worker;
    const started = fork(WORKER, {
      env: { ...process.env, MUTANTS_FOLDER: folder },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    started.stderr.on('data', (data) => (complaint = (complaint + data).slice(-2000)));
    await new Promise((done, failed) => {
      started.once('message', done);
      started.once('exit', (code) => failed(new Error(`the worker ended with ${code}: ${complaint}`)));
    });
    worker = started;
    return worker;
  }

  /**
   * @param job `mutant`, its id or undefined, and `files`, each with `path` and, for a mutant, `tests`, `hitLimit`, `timeout` (ms)
   * @param patience in ms: a worker that says nothing for so long is held by a loop
   * @returns `results` of the files run, or `lost`: 'looped' or 'crashed'
   */
  async function run(job, patience) {
    const process = await ready();
    return new Promise((done) => {
      let silence;
      const end = (outcome) => {
        clearTimeout(silence);
        process.removeAllListeners();
        if (outcome.lost !== undefined || outcome.memory > MEMORY_LIMIT) stop();
        done(outcome);
      };
      const wait = () => {
        clearTimeout(silence);
        silence = setTimeout(() => end({ lost: 'looped' }), patience);
      };
      process.on('message', (message) => (message.results === undefined ? wait() : end(message)));
      process.on('exit', () => end({ lost: 'crashed' }));
      wait();
      process.send(job);
    });
  }

  function stop() {
    worker?.kill('SIGKILL');
    worker = undefined;
  }

  return { run, stop };
}
