/**
 * Finds the cause of a refusal. A door of its own, which is imported only when it is needed: `index.ts` is imported by the front door
 * as well, so that esbuild would put all of this room into the first file that a page loads.
 */
import { helpUrl } from '../sigv4/index.js';
import type { Explanation } from '../util/index.js';
import { explainNetworkError, findCause } from './causes/index.js';
import { readAnswer, readSigned } from './read/index.js';
import type { Signed } from './read/index.js';
import { SIGNERS } from './signers.js';
import type { Signer } from './signers.js';
import type { Refusal, SignedParts } from './types.js';

/**
 * Finds out why a gateway refused a request.
 * @param refusal The answer, or what fetch threw.
 * @param signed The signed request.
 * @param now The device's clock, in milliseconds since 1970.
 * @param signer What has signed the request: advice names its options. Default `functions`.
 * @returns The explanation; `undefined` where the answer is no refusal of a gateway.
 */
export function findExplanation(
  refusal: Refusal,
  signed: SignedParts,
  now: () => number,
  signer: Signer = 'functions',
): Explanation | undefined {
  const found = causeOf(refusal, readSigned(signed, SIGNERS[signer]), now);
  return found && { ...found, helpUrl: helpUrl(found.code) };
}

function causeOf(refusal: Refusal, request: Signed, now: () => number): Explanation | undefined {
  if ('networkError' in refusal) return explainNetworkError(refusal.networkError, request, now);
  if (refusal.status >= 200 && refusal.status < 400) return undefined;
  return findCause(readAnswer(refusal), request, now);
}
