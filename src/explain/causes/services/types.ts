/** How a service other than API Gateway refuses. */
import type { Explanation } from '../../../util/index.js';
import type { Answer, Signed } from '../../read/index.js';

/** What is known of a service's own refusals. */
export interface ServiceTexts {
  /** Explains a refusal in the service's own words; `undefined` where it is about something else. */
  readonly explain: (answer: Answer, signed: Signed) => Explanation | undefined;
  /** What also has to be looked at where IAM's text says that a policy is missing. Default: nothing. */
  readonly whereAllowed?: string;
  /** How a page is let read its answers. Default: not known. */
  readonly cors?: string;
}
