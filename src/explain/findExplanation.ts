/**
 * From a refusal and what was signed to the cause. A door of its own, for what is loaded late: were that `index.ts`, which the
 * front door names as well, esbuild would put all of this room into the first file that a page loads.
 */
import type { Explanation } from '../util/index.js';
import { explainNetworkError, findCause } from './causes/index.js';
import { readAnswer, readSigned } from './read/index.js';
import type { Refusal, SignedParts } from './types.js';

/**
 * Finds out why a gateway refused a request.
 * @param refusal The answer, or what fetch threw.
 * @param signed What was signed.
 * @param now The device's clock, in milliseconds since 1970.
 * @param serviceOption The option that names the service where the request was signed. Default `serviceName`.
 * @returns `undefined` where the answer is no refusal of a gateway.
 */
export function findExplanation(
  refusal: Refusal,
  signed: SignedParts,
  now: () => number,
  serviceOption?: string,
): Explanation | undefined {
  const request = { ...readSigned(signed), serviceOption };
  if ('networkError' in refusal) return explainNetworkError(refusal.networkError, request, now);
  if (refusal.status >= 200 && refusal.status < 400) return undefined;
  return findCause(readAnswer(refusal), request, now);
}
