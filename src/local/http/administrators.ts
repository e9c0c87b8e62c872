/** Tells administrators from apps: requests that are signed and do not come from a web page. */
import { AwsJsonError } from './awsJson.js';

/** The form of an `Authorization` header (AWS Signature Version 4). */
const SIGNATURE_PARTS = ['Credential', 'SignedHeaders', 'Signature'] as const;

/** The headers that only signed requests have; no operation that apps call needs them. */
const SIGNING_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]);

/**
 * Why a request may not call what is for administrators.
 *
 * No web page may, whatever it sends: the pools answer every origin, so that any site a developer visits could read and
 * change what they hold. Other programs have to sign, as on AWS; since there is no IAM here, any keys will do, and the signature is
 * not checked.
 *
 * @param request The request.
 * @param service The service's signing name, which the signature has to be scoped to.
 * @returns `undefined` when it may.
 */
export function administratorRefusal(request: Request, service: string): AwsJsonError | undefined {
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
  if (scope.length < 4 || scope[2] !== service || scope[3] !== 'aws4_request') {
    return new AwsJsonError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${service}'.`,
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

/** Whether a browser sent the request, since only browsers state where a request comes from. */
function isFromPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return request.headers.has('origin') || (site !== null && site !== 'none' && site !== 'same-origin');
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
