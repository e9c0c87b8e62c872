/** The parts of a local AWS that have been started. */
import { SHARED } from './localAwsOptions.js';
import type { Part } from './localAwsOptions.js';
import { withPart } from './options/index.js';

interface Running {
  stop(): Promise<void>;
}

/** Starts parts, and stops all that were started. */
export class RunningParts {
  readonly #started: Running[] = [];

  /**
   * Starts a part.
   * @throws What `start` throws, with the part's name where it is about an option
   */
  async add<Name extends Part, T extends Running>(name: Name, start: (name: Name) => Promise<T>): Promise<T> {
    const part = await inPart(name, () => start(name));
    this.#started.push(part);
    return part;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.map((part) => part.stop()));
  }
}

/** Does something for a part, whose name then stands in an error about one of its options. */
export async function inPart<T>(name: Part, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw withPart(error, name, SHARED);
  }
}
