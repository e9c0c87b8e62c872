/** Asks each of the explanations in turn. */
import { explainAccess, explainCloudFront } from './access.js';
import { explainTime } from './clock.js';
import { explainNetworkError } from './cors.js';
import { explainScope, explainToken } from './credentials.js';
import { explainMismatch, explainRefusedSignature } from './mismatch.js';
import { readAnswer } from './refusal.js';
import { readSigned } from './signed.js';
import type { Stages } from './signed.js';
import type { ExplainOptions, Explanation, Refusal, SignedParts } from './types.js';
import { explainUnsigned } from './unsigned.js';

/** `explain`, with the stages of the signer that it computes with. */
export function explainWith(
  stages: Stages,
  refusal: Refusal,
  signed: SignedParts,
  options: ExplainOptions = {},
): Explanation | undefined {
  const request = readSigned(signed, stages);
  if ('networkError' in refusal) return explainNetworkError(refusal.networkError, request);
  if (refusal.status >= 200 && refusal.status < 400) return undefined;
  const answer = readAnswer(refusal);
  const isMismatch = answer.canonical !== undefined || /signature we calculated does not match/i.test(answer.message);
  if (isMismatch) return explainMismatch(answer, request);
  const now = Number(options.now?.() ?? Date.now());
  const found =
    explainTime(answer, request, now) ??
    explainScope(answer, request) ??
    explainUnsigned(answer, request) ??
    explainToken(answer, request) ??
    explainAccess(answer, request) ??
    explainCloudFront(answer, request);
  if (found) return found;
  // The type alone: such as for an answer whose text was replaced, or cut off.
  return /^(InvalidSignature|SignatureDoesNotMatch)/.test(answer.type)
    ? explainRefusedSignature(answer, request, now)
    : undefined;
}
