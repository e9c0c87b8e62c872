/** Makes refusals, in AWS's words. */
import type { RefusalCode, Refused } from './types.js';

/** The text of every fault of the token or the key, so that none tells which. */
export const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** The text of a target that is none of a signed request. */
export const MALFORMED_TARGET =
  "Could not parse the specified URI: expected /path or http://host/path, with no '%2E' for a dot segment.";

/** What this server computed, where it differs from what came. */
export interface Computed {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/**
 * Makes a refusal.
 * @param code Why, as a literal.
 * @param message Why, in AWS's words.
 * @param computed What the signature should have been of. The canonical request is not enumerable: it may hold a token.
 */
export function refuse(code: RefusalCode, message: string, computed?: Computed): Refused {
  const refusal: Refused = { ok: false, code, message };
  if (!computed) return refusal;
  const { canonicalRequest, stringToSign } = computed;
  return Object.defineProperty({ ...refusal, stringToSign }, 'canonicalRequest', { value: canonicalRequest });
}
