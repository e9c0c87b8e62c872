/** The own answers of a function URL. */
import { ERROR_TYPES } from './errorTypes.js';
import { BODY_NOT_PASSED_ON, refusal, SIGNATURE_MISMATCH } from './refusals.js';
import type { Refusals } from './refusals.js';

/** Lambda's quota for what a function is given, in bytes. */
export const FUNCTION_URL_MAX_BODY = 6 * 1024 * 1024;

/** The text since October 2025: https://github.com/awsdocs/aws-lambda-developer-guide/issues/494 */
const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

const forbidden = (): Response => refusal(403, { Message: FORBIDDEN }, 'AccessDeniedException');

/** A function that failed answers with the text alone, called JSON (https://juxt.pro/blog/http-and-lambda). */
const failed = (): Response =>
  new Response('Internal Server Error', { status: 502, headers: { 'content-type': 'application/json' } });

/** How a function URL refuses: an unsigned request as one that no policy allows; a wrong signature without what it should have been. */
export const functionUrlRefusals: Refusals = {
  signatureRefused({ code, message, canonicalRequest }) {
    if (code === 'MissingAuthentication') return forbidden();
    const type = ERROR_TYPES[code];
    const text = canonicalRequest === undefined ? message : SIGNATURE_MISMATCH;
    return refusal(type === 'BadRequestException' ? 400 : 403, { message: text }, type);
  },
  accessDenied: forbidden,
  noSuchStage: forbidden,
  bodyTooLarge() {
    const message = `Request must be smaller than ${FUNCTION_URL_MAX_BODY} bytes for the InvokeFunction operation`;
    return refusal(413, { message }, 'RequestEntityTooLargeException');
  },
  bodyNotPassedOn: () => refusal(400, { message: BODY_NOT_PASSED_ON }, 'BadRequestException'),
  handlerFailed: failed,
  targetFailed: failed,
  timedOut: failed,
};
