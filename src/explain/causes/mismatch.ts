/** Refusals since the gateway computed another signature: finds what differs. */
import { parseAmzDate } from '../../sigv4/index.js';
import { areFarApart } from '../../util/index.js';
import type { Explanation } from '../../util/index.js';
import { combine, compareCanonicalRequests, compareScopes } from '../compare/index.js';
import { recompute } from '../read/index.js';
import type { Answer, Recomputed, Signed } from '../read/index.js';
import { compareClocks } from './clock.js';
import { explainSecretKey } from './secret.js';
import { API_GATEWAY, serviceOf } from './services/index.js';

const WHAT_TO_CHECK =
  "Check in this order: the secret access key belongs to the access key id; the signed URL, method, headers and body are sent as they were signed; no proxy or CDN changes host, path, query, content-type or body; region and service are the gateway's; the clock is right.";

const REPLACED_TEXT =
  'Look whether a gateway response of your own replaces the text of INVALID_SIGNATURE (it should pass $context.error.message on).';

/** Explains a mismatch by comparing what was signed with what the gateway saw, as far as its answer tells that. */
export function explainMismatch(answer: Answer, signed: Signed): Explanation {
  const ours = recompute(signed);
  const { canonical: theirs, stringToSign } = answer;
  if (!ours || !theirs) return withoutDetails(theirs === undefined);
  // The hash covers the whole canonical request: if it is equal, nothing differs, even where a log has masked parts of the message.
  const isSame = stringToSign?.hash === ours.stringToSign.hash;
  const [first, ...others] = [
    ...(isSame ? [] : compareCanonicalRequests(ours, theirs, signed)),
    ...(stringToSign ? compareScopes(ours, stringToSign) : []),
  ];
  if (first) return combine(first, others);
  const isAllCompared = isSame || (!stringToSign && ours.isBodyKnown && ours.unknownHeaders.size === 0);
  return isAllCompared ? explainSecretKey(signed) : unknownPart(ours);
}

/** The explanation where all that could be compared is equal, but the hash of the whole canonical request is not. */
function unknownPart({ unknownHeaders, isBodyKnown }: Recomputed): Explanation {
  const unknown = [...unknownHeaders].map((name) => `the header ${name}`);
  if (!isBodyKnown) unknown.unshift('the body');
  if (unknown.length === 0) unknown.push('the values that are masked in the message (the session token)');
  return {
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature. Everything that can be compared here is equal.',
    difference: `not comparable: ${unknown.join(', ')}`,
    advice: `Most likely something of this changed after signing: ${unknown.join(', ')}. If not, the secret access key does not belong to the access key id.`,
  };
}

function withoutDetails(isTheirsMissing: boolean): Explanation {
  const side = isTheirsMissing
    ? 'its answer does not say what it saw'
    : 'what was signed cannot be read from the request given here';
  return {
    code: 'SignatureMismatch',
    cause: `The gateway computed another signature than the request carries; ${side}.`,
    advice: WHAT_TO_CHECK,
  };
}

/**
 * Explains a refused signature where the answer says no more than that, since its text was replaced or cut off.
 * @param now The device's clock, in milliseconds.
 */
export function explainRefusedSignature({ date = NaN }: Answer, signed: Signed, now: number): Explanation {
  const signedAt = parseAmzDate(signed.amzDate);
  const isClock = areFarApart(signedAt, date);
  if (isClock && signed.expiresIn === undefined) return compareClocks(signedAt, date, now);
  return {
    code: 'SignatureMismatch',
    cause: 'The gateway refused the signature, and its answer does not say why.',
    advice: serviceOf(signed) === API_GATEWAY ? `${REPLACED_TEXT} ${WHAT_TO_CHECK}` : WHAT_TO_CHECK,
  };
}
