/** What a comparison gives. */
import type { ExplanationCode } from '../../util/index.js';

/** A place where what was signed and what the gateway saw differ, with an explanation of its own. */
export interface Difference {
  code: ExplanationCode;
  /** `the path`, `the header content-type` … */
  place: string;
  /** What differs there. */
  what: string;
  cause: string;
  advice: string;
}

/** How something was changed, where the place is known already. */
export type Change = Pick<Difference, 'what' | 'cause' | 'advice'>;
