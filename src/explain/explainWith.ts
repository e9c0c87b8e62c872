/** Why did the gateway refuse my request? The answer, in plain words, from its refusal and from what was signed. */
import { explainAccess, explainCloudFront } from './explain/access.js';
import { explainTime } from './explain/clock.js';
import { explainNetworkError } from './explain/cors.js';
import { explainScope, explainToken } from './explain/credentials.js';
import { explainMismatch, explainRefusedSignature } from './explain/mismatch.js';
import { readAnswer } from './explain/refusal.js';
import { readSigned } from './explain/signed.js';
import type { ExplainOptions, Explanation, Refusal, SignedParts } from './explain/types.js';
import { explainUnsigned } from './explain/unsigned.js';

export type {
  Explanation,
  ExplanationCode,
  ExplainOptions,
  HeaderSource,
  Refusal,
  SignedParts,
} from './explain/types.js';

/**
 * Explains why a gateway refused a signed request: which line of what was signed differs from what the gateway saw, the
 * likely cause, and the cure. It reads the canonical request and the string to sign in the refusal beside those that the
 * signer made, the refusal's texts, and the clocks. Nothing is sent, and no secret, token or body is shown.
 *
 * @param refusal The answer, `{ status, headers, body }` with the body as text; or `{ networkError }` with what `fetch`
 *   threw, since browsers hide refusals that lack CORS headers.
 * @param signed What was signed: what `signRequest` returned, or `{ method, url }` of a presigned URL.
 * @param options `now`: the device's clock.
 * @returns `{ code, cause, difference, advice }`; `undefined` where the answer is no refusal of a gateway, such as a 403 of
 *   the app behind it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 *
 * @example
 * const signed = client.signRequest({ method: 'POST', path: '/notes', body: { text: 'Hello' } });
 * const response = await fetch(signed.url, signed);
 * if (response.status === 403) {
 *   const { status, headers } = response;
 *   console.log(explain({ status, headers, body: await response.text() }, signed));
 * }
 */
export function explain(refusal: Refusal, signed: SignedParts, options: ExplainOptions = {}): Explanation | undefined {
  const request = readSigned(signed);
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
