/** How the parts of a local AWS keep their state in a file. */

/** Keeps the state of one part. */
export interface Keeper {
  /** What was kept of it; `undefined` at the first start. */
  readonly kept: unknown;
  /**
   * States how the present state is read.
   * @param read Gives the state, made of objects, lists, maps, sets, dates, texts, numbers and integers.
   */
  readonly keep: (read: () => object) => void;
  /** The state may have changed: it is written soon. */
  readonly changed: () => void;
}
