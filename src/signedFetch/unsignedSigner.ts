/** Leaves requests unsigned, as for an open route. All else, such as retries, is as for signed ones. */
import { unsignedRequest } from './redirect.js';
import type { RequestSigner } from './signer.js';
import type { Clock } from './types.js';

/**
 * Makes a signer that leaves requests unsigned, and asks for no credentials.
 * @param clock The clock by which dates in `Retry-After` are read.
 */
export function createUnsignedSigner(clock: Clock): RequestSigner {
  return {
    clock,
    forRequest: (request) => ({
      sign: (hop = request) => Promise.resolve(unsignedRequest(hop)),
      recover: () => Promise.resolve(false),
      secrets: () => [],
    }),
  };
}
