/** Explains in plain words why a gateway refused a request. */
import { checkSpelling, isMissing, typeTag } from '../sigv4/index.js';
import { checkOptions, invalidOption, readClock } from '../util/index.js';
import type { Explanation } from '../util/index.js';
import { findExplanation } from './findExplanation.js';
import type { ExplainOptions, Refusal, SignedParts } from './types.js';

export type { Explanation, ExplanationCode } from '../util/index.js';
export type { ExplainOptions, HeaderSource, Refusal, SignedParts } from './types.js';

/**
 * Explains why a gateway refused a signed request: which line of what was signed differs from what the gateway saw, the
 * likely cause, and what to do. It compares the canonical request and the string to sign in the refusal with those of the
 * signer, and reads the refusal's texts and the clocks. Nothing is sent, and no secret, token or body is shown.
 *
 * @param refusal The answer, `{ status, headers, body }` with the body as text; or `{ networkError }` with what `fetch`
 *   threw, since browsers hide refusals that lack CORS headers.
 * @param signed What was signed: what `signRequest` returned, `sentRequest(response)?.signed`, or `{ method, url }` of a presigned
 *   URL. `undefined` where that is not known: then only the answer is read.
 * @param options `now`: the device's clock, a function that gives a Date or milliseconds since 1970. Default `Date.now`.
 * @returns `{ code, cause, difference, advice, helpUrl }`; `undefined` where the answer is no refusal of a gateway, such as a 403 of
 *   the app behind it.
 * @throws SigV4Error `InvalidOption` for a `refusal` or `signed` that is no object, an unknown option, or a clock that is no function
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
export function explain(
  refusal: Refusal,
  signed: SignedParts | undefined,
  options: ExplainOptions = {},
): Explanation | undefined {
  const request = signed ?? NOTHING_KNOWN;
  for (const [name, given] of Object.entries({ refusal, signed: request })) {
    if (Object(given) !== given) throw invalidOption(name, 'an object', given);
  }
  checkRefusal(refusal);
  const url: unknown = request.url;
  if (typeof url !== 'string') throw invalidOption('signed.url', 'the URL of the request, as text', url);
  checkSpelling(refusal, ['status', 'headers', 'body', 'networkError']);
  checkSpelling(request, ['url', 'method', 'headers', 'body', 'payloadHash', 'signedHost']);
  checkOptions(options, ['now']);
  return findExplanation(refusal, request, readClock(options.now));
}

const NOTHING_KNOWN: SignedParts = { url: '' };

/** Names that HTTP clients have for an answer's body. */
const BODIES = ['data', 'text', 'message', 'content', 'responseText'];

/** Refuses a body that has not been read, such as a promise: without this, the answer would seem to have no body. */
function checkRefusal(refusal: Refusal): void {
  if ('networkError' in refusal) return;
  const { status, body } = refusal as { status: unknown; body?: unknown };
  if (typeof status !== 'number') throw invalidOption('refusal.status', 'a number', status);
  const expected = expectedBody(refusal, body);
  if (expected !== undefined) throw invalidOption('refusal.body', expected, body);
}

/** What an error expects in place of a body that was not read, or that stands under another name, such as axios's `data`. */
function expectedBody(refusal: object, body: unknown): string | undefined {
  if (['ReadableStream', 'Promise', 'Blob'].includes(typeTag(body))) {
    return 'text (await response.text()), or what it was parsed to';
  }
  const other = isMissing(body) ? Object.keys(refusal).find((name) => BODIES.includes(name)) : undefined;
  return other && `the answer, which stands here as ${other} (body: response.${other})`;
}
