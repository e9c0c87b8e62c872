/** When a command that runs until it is stopped is to stop: at a signal, or once nobody is there who could send one. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How often is looked whether the parent still lives, in milliseconds. */
const INTERVAL = 500;

/**
 * Calls a listener at each SIGINT and SIGTERM; and where npx started this, also once its shell has gone: npx passes SIGTERM on to that
 * shell alone, which ends silently, and the ports would stay taken.
 * @param listener What is called.
 * @returns Ends it.
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
