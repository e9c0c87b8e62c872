/** The time that the processor spends on something: unlike the clock's it hardly depends on what else the machine does. */

/** @returns Seconds, with a little added so that nothing is divided by zero. */
export function secondsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system + 1) / 1e6;
}
