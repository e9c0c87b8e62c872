/** The result of a comparison. */
import type { ExplanationCode } from '../../util/index.js';

/** A place where what was signed and what the gateway saw differ, with an explanation of its own. */
export interface Difference {
  code: ExplanationCode;
  /** The place, such as `the path` or `the header content-type`. */
  place: string;
  /** What differs at this place. */
  what: string;
  cause: string;
  advice: string;
}

/** A change at a place that is known already. */
export type Change = Pick<Difference, 'what' | 'cause' | 'advice'>;
