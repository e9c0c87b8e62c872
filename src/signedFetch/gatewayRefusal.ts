/** Tells whether the gateway refused, or the app behind it. */
import { errorName, isCloudFrontPage, isHtml, MAX_REFUSAL_LENGTH, readAwsError } from '../util/index.js';
import { REFUSAL_STATUSES, TYPE_HEADER } from './refusal.js';

/** An answer, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The text of its body. */
  readonly body: string;
}

/** AWS's own sentences, anywhere in the body, since an app may pass them on in an answer of its own. JSON may escape quotes. */
const AWS_TEXTS = new RegExp(
  [
    'The request signature we calculated does not match',
    'The Canonical String for this request should have been',
    String.raw`Signature (expired|not yet current): \d{8}T\d{6}Z`,
    'The difference between the request time and the .{1,12} time is too large',
    'Credential should be scoped ',
    'Date in Credential scope does not match',
    'Missing Authentication Token',
    'Found both .{1,6}X-Amz-Algorithm',
    'headers present in the request which were not signed',
    String.raw`key=value pair \(missing equal-sign\)`,
    'Authorization header requires (existence of|.{1,6}(Credential|Signature|SignedHeaders))',
    'AWS query-string parameters must ',
    'Credential must have exactly 5 slash-delimited elements',
    'Unsupported AWS .{1,6}algorithm',
    'must be a .{1,6}SignedHeader',
    'Date must be in ISO-8601',
    'The security token included in the request is (expired|invalid)',
    '[Aa]ccess [Kk]ey I[Dd] you provided does not exist',
    String.raw`User: \S+ is not authorized to perform: [\w-]+:[\w*]`,
    'User is not authorized to access this resource',
    // AppSync, Bedrock, AgentCore, OpenSearch and its Serverless, S3
    'not authorized to make this call|Valid authorization header not provided',
    'access to the model with the specified model ID',
    '[Aa]uthorization method mismatch|requires OAuth Bearer token',
    String.raw`"security_exception"|"reason":\s*"403 Forbidden"`,
    'the region .{1,40} is wrong; expecting',
  ].join('|'),
);

/** AWS's names of errors that refuse a request. */
const AWS_NAMES =
  /^(AccessDenied|ExpiredToken|IncompleteSignature|InvalidAccessKeyId|InvalidClientTokenId|InvalidSignature|InvalidToken|MissingAuthenticationToken|RequestTimeTooSkewed|XAmzContentSHA256Mismatch|SignatureDoesNotMatch|UnrecognizedClient|Unauthorized|Forbidden)(Exception)?$/;

/** The whole text of a gateway that gives no reason, by status. An app that answers with the same text is taken for the gateway. */
const BARE_TEXTS: Readonly<Record<number, RegExp>> = {
  401: /^\s*\{\s*"[Mm]essage"\s*:\s*"Unauthorized"\s*\}\s*$/,
  403: /^\s*\{\s*"[Mm]essage"\s*:\s*"Forbidden"\s*\}\s*$/,
};

/**
 * Whether an answer is the refusal of an AWS gateway: a header names AWS's error, or the body has AWS's own sentences.
 * @param answer The answer.
 */
export function isGatewayRefusal({ status, headers, body }: Answer): boolean {
  if (!REFUSAL_STATUSES.includes(status)) return false;
  if (headers.get(TYPE_HEADER)) return true;
  const text = body.slice(0, MAX_REFUSAL_LENGTH);
  if (isHtml(text) && isCloudFrontPage(text, headers.get('server'))) return true;
  return AWS_TEXTS.test(text) || isNamed(text) || (BARE_TEXTS[status]?.test(text) ?? false);
}

/** Whether a body names an AWS error. A `code` must end as AWS's do, or be in S3's XML: apps have codes like `InvalidToken` too. */
function isNamed(text: string): boolean {
  const { type, code } = readAwsError(text);
  const isAws = code.endsWith('Exception') || /^\s*<(\?xml|Error>)/.test(text);
  return AWS_NAMES.test(type) || (isAws && AWS_NAMES.test(errorName(code)));
}
