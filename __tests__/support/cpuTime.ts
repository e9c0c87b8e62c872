/** The time that the processor spends on something: unlike the clock's it hardly depends on what else the machine does. */

/** @returns Seconds, with a little added so that nothing is divided by zero. */
export function secondsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system + 1) / 1e6;
}

/** How often work is measured where it seems to grow too much, in case that something came between. */
const ATTEMPTS = 6;

/** Seconds: what takes less cannot be measured, and stops no loop. */
const SHORTEST = 5e-4;

/**
 * How much the time of some work grows where its text becomes eight times as long: about 8 where it is linear, 64 where it is
 * quadratic. What comes between can only make it look worse, so the best of a few attempts counts.
 * @param work What takes the text.
 * @param textOf Makes a text of about that many characters.
 * @param enough What is little enough: then it is not measured again.
 */
export async function growthOf(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
  enough: number,
): Promise<number> {
  const [short, long] = [textOf(2_000), textOf(16_000)];
  let best = Infinity;
  for (let i = 0; i < ATTEMPTS && best > enough; i++) {
    const before = await secondsUntil(() => work(short));
    const after = await secondsUntil(() => work(long));
    best = Math.min(best, after / Math.max(before, SHORTEST));
  }
  return best;
}

async function secondsUntil(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
