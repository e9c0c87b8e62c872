/** A lock among all tabs of an origin; among the instances of this process where there are no Web Locks. */
import { sleep } from '../../util/index.js';

/** The part of the Web Locks API that is used here. Browsers have had it since 2022, Node has since version 24. */
interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, run: () => Promise<T>): Promise<T>;
}

/** How long to wait for the lock, in milliseconds: a tab that the browser has suspended must not block the others for ever. */
const LONGEST_WAIT = 10_000;

/**
 * Runs a function while no other tab (without Web Locks: no other instance of this process) holds the lock of this name.
 * @param name The lock's name.
 * @param run The function. It runs once, after ten seconds even without the lock.
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
    return await (running ?? begin()); // waiting took too long, or the page's origin may not use locks
  }
}

/** The last run in the queue for each name, until it is done. */
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
