/** Tells a command that runs until it is stopped when to stop: at a signal, or once its shell is gone, which could send one. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How often to look whether the parent process still runs, in milliseconds. */
const INTERVAL = 500;

/**
 * Calls a listener at each SIGINT and SIGTERM; and where npx started this, also once its shell has gone: npx passes SIGTERM on to that
 * shell alone, which ends silently, and the ports would stay taken.
 * @param listener Called each time.
 * @returns A function that ends this.
 */
export function onStop(listener: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, listener);
  const watch = process.env.npm_lifecycle_event === 'npx' ? onceOrphaned(listener) : undefined;
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
    clearInterval(watch);
  };
}

function onceOrphaned(listener: () => void): NodeJS.Timeout {
  const { ppid: parent } = process;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    listener();
  }, INTERVAL);
  return watch.unref();
}
