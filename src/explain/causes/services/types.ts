/** The type of a service's own refusals. */
import type { Explanation } from '../../../util/index.js';
import type { Answer, Signed } from '../../read/index.js';

/** What is known of a service's own refusals. */
export interface ServiceTexts {
  /** Explains a refusal in the service's own words; `undefined` where it is about something else. Default: it has none. */
  readonly explain?: (answer: Answer, signed: Signed) => Explanation | undefined;
  /** Advice on what else to check where IAM's text says that a policy is missing. Default: none. */
  readonly whereAllowed?: string;
  /** Advice on how to allow pages to read the service's answers. Default: none. */
  readonly cors?: string;
}
