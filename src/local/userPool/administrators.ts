/** What only administrators may call, and who counts as one. */
import { AwsJsonError } from '../http/index.js';

/**
 * The operations that AWS answers without IAM credentials: apps call them, with a client id, a session or an access token.
 * All others are an administrator's.
 */
const PUBLIC_OPERATIONS: ReadonlySet<string> = new Set([
  'AssociateSoftwareToken',
  'ChangePassword',
  'ConfirmForgotPassword',
  'ConfirmSignUp',
  'DeleteUser',
  'DeleteUserAttributes',
  'ForgotPassword',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GetTokensFromRefreshToken',
  'GlobalSignOut',
  'InitiateAuth',
  'ResendConfirmationCode',
  'RespondToAuthChallenge',
  'RevokeToken',
  'SetUserMFAPreference',
  'SignUp',
  'UpdateUserAttributes',
  'VerifySoftwareToken',
  'VerifyUserAttribute',
]);

/** What an `Authorization` header consists of (AWS Signature Version 4). */
const SIGNATURE_PARTS = ['Credential', 'SignedHeaders', 'Signature'] as const;

/** The headers that only signed requests have; none of the public operations needs them. */
const SIGNING_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]);

/** Whether AWS wants IAM credentials for an operation. */
export const isForAdministrators = (operation: string): boolean => !PUBLIC_OPERATIONS.has(operation);

/**
 * Why a request may not call what is for administrators.
 *
 * No web page may, whatever it sends: the pool answers every origin, so that any site a developer visits could read and
 * change its users. Other programs have to sign, as on AWS; since there is no IAM here, any keys will do, and the signature is
 * not checked.
 *
 * @returns `undefined` when it may.
 */
export function administratorRefusal(request: Request): AwsJsonError | undefined {
  if (isFromPage(request)) {
    return new AwsJsonError(
      'AccessDeniedException',
      'A web page may not call what is for administrators: AWS wants IAM credentials for it. Call it from a server or a script.',
    );
  }
  const authorization = request.headers.get('authorization') ?? '';
  const [algorithm, ...rest] = authorization.split(/[\s,]+/);
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    return new AwsJsonError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const parts = new Map(rest.map((part) => splitAt(part, part.indexOf('='))));
  const faults = SIGNATURE_PARTS.filter((name) => (parts.get(name) ?? '') === '').map(
    (name) => `Authorization header requires '${name}' parameter.`,
  );
  if (!request.headers.has('x-amz-date') && !request.headers.has('date')) {
    faults.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (faults.length > 0) return new AwsJsonError('IncompleteSignatureException', faults.join(' '));
  // KEY/DATE/REGION/SERVICE/aws4_request; the key may hold slashes.
  const scope = parts.get('Credential')!.split('/').slice(-4);
  if (scope.length < 4 || scope[2] !== 'cognito-idp' || scope[3] !== 'aws4_request') {
    return new AwsJsonError(
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'cognito-idp'.",
    );
  }
  return undefined;
}

/**
 * Takes the headers of a signature out of what a preflight's answer allows, so that no page can send a signed request.
 *
 * @param answer The answer to a preflight; it is changed.
 */
export function disallowSigning(answer: Response): void {
  const allowed = answer.headers.get('access-control-allow-headers');
  if (allowed === null) return;
  const names = allowed.split(',').map((name) => name.trim());
  const left = names.filter((name) => name !== '*' && !SIGNING_HEADERS.has(name.toLowerCase()));
  answer.headers.set('access-control-allow-headers', left.join(','));
}

/** Browsers say where a request comes from; a program that is none has no reason to. */
function isFromPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return request.headers.has('origin') || (site !== null && site !== 'none' && site !== 'same-origin');
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
