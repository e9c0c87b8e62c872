/** Sending what is not to be signed, such as a call of an open route, with all else that a signed call has. */
import { unsignedRequest } from './redirect.js';
import type { RequestSigner } from './signer.js';
import type { Clock } from './types.js';

/**
 * Makes a signer that leaves requests as they are: nobody is asked for credentials.
 * @param clock Tells the time for what the server says of waiting.
 */
export function createUnsignedSender(clock: Clock): RequestSigner {
  return {
    clock,
    forRequest: (request) => ({
      sign: (hop = request) => Promise.resolve(unsignedRequest(hop)),
      recover: () => Promise.resolve(false),
      secrets: () => [],
    }),
  };
}
