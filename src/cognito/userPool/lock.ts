/** One at a time among all tabs of an origin. */
import { sleep } from '../../util/index.js';

/** As much of the Web Locks API as is needed. Browsers have it since 2022, Node since 24. */
interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, run: () => Promise<T>): Promise<T>;
}

/** How long another tab is waited for, in milliseconds: one that was put to sleep must not hold up all others. */
const LONGEST_WAIT = 10_000;

/**
 * Runs something while no other tab runs what has the same name; at once where there are no Web Locks.
 * @param name What only one may do.
 * @param run What is to be done. It runs once, even where the lock cannot be had in ten seconds.
 * @throws what `run` throws
 */
export async function withLock<T>(name: string, run: () => Promise<T>): Promise<T> {
  const { locks } = Object((globalThis as { navigator?: unknown }).navigator) as { locks?: Locks };
  if (!locks) return run();
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
