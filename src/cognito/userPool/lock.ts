/** One at a time among all tabs of an origin, or where there are no Web Locks among all instances of this process. */
import { sleep } from '../../util/index.js';

/** As much of the Web Locks API as is needed. Browsers have it since 2022, Node since 24. */
interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, run: () => Promise<T>): Promise<T>;
}

/** How long another tab is waited for, in milliseconds: one that was put to sleep must not hold up all others. */
const LONGEST_WAIT = 10_000;

/**
 * Runs something while no other tab, or without Web Locks no other instance of this process, runs what has the same name.
 * @param name What only one may do.
 * @param run What is to be done. It runs once, even where the lock cannot be had in ten seconds.
 * @throws what `run` throws
 */
export async function withLock<T>(name: string, run: () => Promise<T>): Promise<T> {
  const { locks: own } = Object((globalThis as { navigator?: unknown }).navigator) as { locks?: Locks | null };
  const locks = own ?? processLocks;
  const controller = new AbortController();
  const wait = sleep(LONGEST_WAIT);
  void wait.promise.then(() => {
    controller.abort();
  });
  let running: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    wait.stop();
    return (running = run());
  };
  try {
    return await locks.request(name, { signal: controller.signal }, begin);
  } catch {
    return await (running ?? begin()); // it took too long, or the page's origin has no locks
  } finally {
    wait.stop();
  }
}

/** The last that has asked for each name, until it is done. */
const queues = new Map<string, Promise<unknown>>();

const processLocks: Locks = {
  async request(name, { signal }, run) {
    const before = queues.get(name);
    const running = before ? Promise.race([before, rejectedBy(signal)]).then(run) : run();
    const done = running.then(
      () => undefined,
      () => undefined,
    );
    queues.set(name, done);
    void done.then(() => {
      if (queues.get(name) === done) queues.delete(name);
    });
    return running;
  },
};

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('it took too long'));
    });
  });
}
