/**
 * The own answers of a REST API: status, headers and texts as AWS sends them.
 * https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
 */
import type { Refused } from '../../verify/index.js';
import { ERROR_TYPES } from './errorTypes.js';
import type { ErrorType } from './errorTypes.js';
import { BODY_NOT_PASSED_ON, refusal, SIGNATURE_MISMATCH } from './refusals.js';
import type { DeniedCall, Refusals } from './refusals.js';

/** API Gateway's quota for a request's body, in bytes. */
export const REST_MAX_BODY = 10 * 1024 * 1024;

/** How a REST API refuses. */
export const restRefusals: Refusals = {
  signatureRefused,
  accessDenied,
  noSuchStage: () => failure(403, 'ForbiddenException', 'Forbidden'),
  bodyTooLarge: () => {
    // Here AWS answers in plain text, with this very content type.
    const headers = { 'content-type': 'text; charset=utf-8' };
    return new Response(`HTTP content length exceeded ${REST_MAX_BODY} bytes.`, { status: 413, headers });
  },
  // CloudFront, in front of an edge-optimized API, refuses it.
  bodyNotPassedOn: () => failure(400, 'BadRequestException', BODY_NOT_PASSED_ON),
  handlerFailed: () => failure(502, 'InternalServerErrorException', 'Internal server error'),
  targetFailed: () => failure(502, 'InternalServerErrorException', 'Network error communicating with endpoint'),
  timedOut: () => failure(504, 'InternalServerErrorException', 'Endpoint request timed out'),
};

function signatureRefused({ code, message, canonicalRequest, stringToSign }: Refused): Response {
  const type = ERROR_TYPES[code];
  const status = type === 'BadRequestException' ? 400 : 403;
  if (canonicalRequest === undefined || stringToSign === undefined) return failure(status, type, message);
  const text =
    `${SIGNATURE_MISMATCH}\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
    `The String-to-Sign should have been\n'${stringToSign}'\n`;
  return failure(status, type, text);
}

/** AWS hides most of the account's number. */
function accessDenied({ userArn, resource, kind, policy, action = 'execute-api:Invoke' }: DeniedCall): Response {
  const denied = `with an explicit deny in ${policy === 'policy' ? 'an identity' : 'a resource'}-based policy`;
  const why = kind === 'explicit-deny' ? denied : `because no identity-based policy allows the ${action} action`;
  const masked = resource.replace(/:\d{8}(\d{4}):/, ':********$1:');
  const text = `User: ${userArn} is not authorized to perform: ${action} on resource: ${masked} ${why}`;
  return refusal(403, { Message: text }, 'AccessDeniedException'); // with a capital here, and only here
}

const failure = (status: number, type: ErrorType, message: string): Response => refusal(status, { message }, type);
