/** Makes refusals, in AWS's words. */
import type { RefusalCode, Refused } from './types.js';

/** The text for every fault of the token or the access key, so that callers do not learn which it was. */
export const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** The text for a target that a signed request cannot have. */
export const MALFORMED_TARGET =
  "Could not parse the specified URI: expected /path or http://host/path, with no '%2E' for a dot segment.";

/** What this server computed, to be compared with what the caller has signed. */
export interface Computed {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/**
 * Makes a refusal.
 * @param code The reason.
 * @param message The reason, in AWS's words.
 * @param computed What the caller should have signed. The canonical request is not enumerable, since it may hold a token.
 */
export function refuse(code: RefusalCode, message: string, computed?: Computed): Refused {
  const refusal: Refused = { ok: false, code, message };
  if (!computed) return refusal;
  const { canonicalRequest, stringToSign } = computed;
  return Object.defineProperty({ ...refusal, stringToSign }, 'canonicalRequest', { value: canonicalRequest });
}
