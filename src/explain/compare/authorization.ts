/** Compares the parts of the signature itself: signed headers, date and credential scope. */
import type { Recomputed, StringToSign } from '../read/index.js';
import { showChange } from './show.js';
import type { Difference } from './types.js';

/**
 * Compares two lists of signed headers.
 * @param ours As signed.
 * @param theirs As the gateway has it.
 */
export function compareSignedHeaders(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  return authorizationChanged('the signed headers list', showChange(ours, theirs));
}

/**
 * Compares the date and the credential scope of two strings to sign.
 * @param ours The signer's side.
 * @param theirs As the gateway has it.
 */
export function compareScopes(ours: Recomputed, theirs: StringToSign): Difference[] {
  const { amzDate, scope } = ours.stringToSign;
  const differences: Difference[] = [];
  // Where the date is a signed header, the comparison of headers reports it.
  if (amzDate !== theirs.amzDate && !ours.canonical.headers.has('x-amz-date')) {
    differences.push(authorizationChanged('the date in the string to sign', showChange(amzDate, theirs.amzDate)));
  }
  if (scope !== theirs.scope) {
    differences.push(authorizationChanged('the credential scope', showChange(scope, theirs.scope)));
  }
  return differences;
}

/**
 * Makes the difference for a part of the signature itself.
 * @param place The part that differs.
 * @param what How it differs.
 */
export function authorizationChanged(place: string, what: string): Difference {
  return {
    code: 'AuthorizationChanged',
    place,
    what,
    cause: `The gateway read another signature than was made: ${place} differs. The Authorization header (of a presigned URL: its query) was changed or replaced after signing, or the answer belongs to another attempt.`,
    advice:
      'Send the Authorization header exactly as it was made, let nothing else on the way sign or rewrite it, and compare the answer with the very request it refused.',
  };
}
