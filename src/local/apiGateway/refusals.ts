/**
 * API Gateway's own answers: status, headers and texts as AWS sends them.
 * https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
 */
import type { RefusalCode, Refused } from '../../verify/index.js';

/** AWS's names for what went wrong, sent as `x-amzn-errortype`. */
export type ErrorType =
  | 'AccessDeniedException'
  | 'BadRequestException'
  | 'ExpiredTokenException'
  | 'ForbiddenException'
  | 'IncompleteSignatureException'
  | 'InternalServerErrorException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'UnrecognizedClientException';

const TYPES: Record<RefusalCode, ErrorType> = {
  MissingAuthentication: 'MissingAuthenticationTokenException',
  AmbiguousAuthentication: 'InvalidSignatureException',
  IncompleteSignature: 'IncompleteSignatureException',
  UnsupportedAlgorithm: 'IncompleteSignatureException',
  InvalidDate: 'IncompleteSignatureException',
  InvalidExpires: 'IncompleteSignatureException',
  MalformedTarget: 'BadRequestException',
  MalformedQuery: 'BadRequestException',
  MalformedHost: 'BadRequestException',
  HostMismatch: 'BadRequestException',
  SignatureExpired: 'InvalidSignatureException',
  SignatureNotYetCurrent: 'InvalidSignatureException',
  RegionMismatch: 'InvalidSignatureException',
  ServiceMismatch: 'InvalidSignatureException',
  TerminatorMismatch: 'InvalidSignatureException',
  ScopeDateMismatch: 'InvalidSignatureException',
  HeaderNotSigned: 'InvalidSignatureException',
  UnknownAccessKey: 'UnrecognizedClientException',
  InvalidSessionToken: 'UnrecognizedClientException',
  CredentialsExpired: 'ExpiredTokenException',
  UnsignedPayload: 'InvalidSignatureException',
  PayloadHashMismatch: 'InvalidSignatureException',
  BodyMismatch: 'BadRequestException',
  SignatureMismatch: 'InvalidSignatureException',
};

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/** The answer to a request whose signature was refused. */
export function signatureRefused(refused: Refused): Response {
  const { code, message, canonicalRequest, stringToSign } = refused;
  const type = TYPES[code];
  const status = type === 'BadRequestException' ? 400 : 403;
  if (canonicalRequest === undefined || stringToSign === undefined) return failure(status, type, message);
  const text =
    `${MISMATCH}\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
    `The String-to-Sign should have been\n'${stringToSign}'\n`;
  return failure(status, type, text);
}

/** The caller is known, but the policy does not let them. AWS hides most of the account's number. */
export function accessDenied(
  userArn: string,
  resource: string,
  decision: 'explicit-deny' | 'implicit-deny',
  action = 'execute-api:Invoke',
): Response {
  const why =
    decision === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const masked = resource.replace(/:\d{8}(\d{4}):/, ':********$1:');
  const text = `User: ${userArn} is not authorized to perform: ${action} on resource: ${masked} ${why}`;
  return failure(403, 'AccessDeniedException', text, 'Message'); // with a capital here, and only here
}

/** The path does not begin with the stage. */
export function noSuchStage(): Response {
  return failure(403, 'ForbiddenException', 'Forbidden');
}

/** API Gateway's quota for a request's body, in bytes. */
export const MAX_BODY = 10 * 1024 * 1024;

/** Here AWS answers in plain text, with this very content type. */
export function bodyTooLarge(): Response {
  const headers = { 'content-type': 'text; charset=utf-8' };
  return new Response(`HTTP content length exceeded ${MAX_BODY} bytes.`, { status: 413, headers });
}

/** A GET or HEAD with a body: CloudFront, in front of an edge-optimized API, refuses it, and a `Request` cannot hold one. */
export function bodyNotPassedOn(): Response {
  return failure(400, 'BadRequestException', 'A GET or HEAD request with a body is not passed on.');
}

/** The handler threw. */
export function handlerFailed(): Response {
  return failure(502, 'InternalServerErrorException', 'Internal server error');
}

/** The target cannot be reached, or broke off before it answered. */
export function targetFailed(): Response {
  return failure(502, 'InternalServerErrorException', 'Network error communicating with endpoint');
}

/** The handler or the target took too long. */
export function timedOut(): Response {
  return failure(504, 'InternalServerErrorException', 'Endpoint request timed out');
}

function failure(status: number, type: ErrorType, text: string, key: 'message' | 'Message' = 'message'): Response {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  return new Response(JSON.stringify({ [key]: text }), { status, headers });
}
