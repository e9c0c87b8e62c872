/** Reads a refusal: what it says of the clock and of the credentials. */
import { parseAmzDate } from '../sigv4/index.js';
import { errorName, parseHttpDate, readAwsError } from '../util/index.js';
import { isCrossOrigin } from './page.js';
import { headerOf } from './response.js';

/** API Gateway refuses with 403, other services with 400 or 401 as well. */
export const REFUSAL_STATUSES: readonly number[] = [400, 401, 403];

/** A response with one of the statuses of a refusal, and what it answers. */
export interface Refusal {
  readonly url: URL;
  /** Whether doing it twice does no harm. */
  readonly isIdempotent: boolean;
  readonly response: Response;
  /** The text of its body. */
  readonly text: string;
}

/** AWS accepts signatures that are at most this far from its own time, in milliseconds. */
const MAX_SKEW = 5 * 60_000;

/** Whether two times, in milliseconds, are too far apart for AWS. */
export const areFarApart = (one: number, other: number): boolean => Math.abs(one - other) > MAX_SKEW;

/** Where the gateway names its errors. */
export const TYPE_HEADER = 'x-amzn-errortype';

/** How AWS names and words a refusal. It is the wording of the whole message, since an API may write about such things. */
interface Kind {
  readonly codes: RegExp;
  readonly wording: RegExp;
}

const DATE: Kind = {
  codes: /^Request(Expired|InTheFuture|TimeTooSkewed)$/,
  wording:
    /^Signature (expired: \d{8}T\d{6}Z is now earlier|not yet current: \d{8}T\d{6}Z is still later) than \d{8}T\d{6}Z \(\d{8}T\d{6}Z [+-] \d+ \w+\.?\)$|^The difference between the request time and the (current|server's) time is too large\.?$/,
};
const TOKEN: Kind = {
  codes: /^(ExpiredToken(Exception)?|UnrecognizedClient(Exception)?|InvalidClientTokenId)$/,
  wording: /^The security token included in the request is (expired|invalid)\.?$/,
};
/** Refused for its date, or for another fault of the signature: the text tells, which an API can replace. */
const SIGNATURE_CODES = /^(InvalidSignatureException|SignatureDoesNotMatch)$/;
const MISMATCH = 'The request signature we calculated does not match';

/** Whether the credentials were refused as expired or unknown: new ones may be accepted. */
export function isTokenRefused(refusal: Refusal): boolean {
  return isRefused(refusal, TOKEN);
}

/** Whether the signature was refused for its date, as far as can be told. */
export function isDateRefused(refusal: Refusal): boolean {
  const { response, text } = refusal;
  const isSignatureRefused = SIGNATURE_CODES.test(errorName(headerOf(response, TYPE_HEADER)));
  return isRefused(refusal, DATE) || (isSignatureRefused && !readAwsError(text).message.startsWith(MISMATCH));
}

/**
 * The server's time, where a request was refused for its date.
 * @param refusal The refusal.
 * @param date The time that the request was signed with, in milliseconds since 1970.
 * @returns Milliseconds since 1970; `undefined` where the clock is not to blame.
 */
export function serverTimeOf(refusal: Refusal, date: number): number | undefined {
  const { response, text } = refusal;
  // What a cache answers is of another time.
  if (headerOf(response, 'age') !== '' || !isDateRefused(refusal)) return undefined;
  const time = statedTime(text) ?? parseHttpDate(headerOf(response, 'date')); // `undefined` where it is hidden
  if (time === undefined || Number.isNaN(time)) return undefined;
  return isRefused(refusal, DATE) || areFarApart(time, date) ? time : undefined;
}

/**
 * Whether it is a refusal of that kind. What is not idempotent is sent again after one, so there it must be the gateway's
 * for sure: in its words, and named in its header, as far as the page can see that. An API may pass on the header of a call of its own.
 */
function isRefused({ url, isIdempotent, response, text }: Refusal, { codes, wording }: Kind): boolean {
  const type = errorName(headerOf(response, TYPE_HEADER));
  const { code, message } = readAwsError(text);
  const isWorded = wording.test(message);
  if (isIdempotent) return isWorded || codes.test(type) || codes.test(code);
  return (
    isWorded &&
    (codes.test(type) || SIGNATURE_CODES.test(type) || (type === '' && response.status === 403 && isCrossOrigin(url)))
  );
}

/** Of "… is now earlier than 20150830T120000Z (20150830T120500Z - 5 min.)", and of S3's `<ServerTime>`. */
function statedTime(text: string): number | undefined {
  const amzDate = /\((\d{8}T\d{6}Z) [+-] /.exec(text)?.[1];
  if (amzDate !== undefined) return parseAmzDate(amzDate);
  const iso = /<ServerTime>([^<]+)</.exec(text)?.[1];
  return iso === undefined ? undefined : Date.parse(iso);
}
