/** Waiting for what happens, and for what must not. */

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection');
}

/** Waits until something is so, for as long as it takes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

/** Lets all that is ready to run do so: for what must not happen, and so cannot be waited for. */
export async function turns(count = 50): Promise<void> {
  for (let i = 0; i < count; i++) await nextTurn();
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A promise that stays pending. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** For runs that imitate a day of real use; a test waits for what it needs, with `until`. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
