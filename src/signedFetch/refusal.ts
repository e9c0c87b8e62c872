/** Reads from a refusal whether the clock or the credentials were the reason. */
import { parseAmzDate } from '../sigv4/index.js';
import { areFarApart, errorName, parseHttpDate, readAwsError } from '../util/index.js';
import { isCrossOrigin } from './page.js';
import { headerOf } from './response.js';

/** API Gateway refuses with 403, other services with 400 or 401 as well. */
export const REFUSAL_STATUSES: readonly number[] = [400, 401, 403];

/** A response that may be a refusal by its status, and the request that it answers. */
export interface Refusal {
  readonly url: URL;
  /** Whether the request may be sent twice without harm. */
  readonly isIdempotent: boolean;
  readonly response: Response;
  /** The text of the response's body. */
  readonly text: string;
}

/** The header in which AWS names an error. */
export const TYPE_HEADER = 'x-amzn-errortype';

/** The names of a kind of refusal, and its sentences, which must be the whole message: an API's own text may quote them. */
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
/** Names for any fault of a signature, a wrong date among them. Only the text tells which fault it is, and an API can replace the text. */
const SIGNATURE_CODES = /^(InvalidSignatureException|SignatureDoesNotMatch)$/;
const MISMATCH = 'The request signature we calculated does not match';

/** Whether the credentials were refused as expired or unknown, so that new ones may be accepted. */
export function isTokenRefused(refusal: Refusal): boolean {
  return isRefusedFor(refusal, TOKEN);
}

/** Whether the signature was refused for its date. Where the text does not tell, any fault of the signature but a mismatch counts. */
export function isDateRefused(refusal: Refusal): boolean {
  const { response, text } = refusal;
  const isSignatureRefused = SIGNATURE_CODES.test(errorName(headerOf(response, TYPE_HEADER)));
  return isRefusedFor(refusal, DATE) || (isSignatureRefused && !readAwsError(text).message.startsWith(MISMATCH));
}

/**
 * The server's time, where a request was refused for its date.
 * @param refusal The refusal.
 * @param date The time that the request was signed with, in milliseconds since 1970.
 * @returns Milliseconds since 1970; `undefined` where the clock is not to blame.
 */
export function serverTimeOf(refusal: Refusal, date: number): number | undefined {
  const { response, text } = refusal;
  // An answer from a cache (it has `Age`) states the time at which it was stored.
  if (headerOf(response, 'age') !== '' || !isDateRefused(refusal)) return undefined;
  const time = statedTime(text) ?? parseHttpDate(headerOf(response, 'date')); // browsers may hide `Date` from the page
  if (time === undefined || Number.isNaN(time)) return undefined;
  return isRefusedFor(refusal, DATE) || areFarApart(time, date) ? time : undefined;
}

/**
 * Whether a refusal is of a kind. For a request that is not idempotent and would be sent again, it must surely come from the gateway:
 * it has the gateway's sentence, and its header where the page can see that. The header alone may be one that an API passes on from a
 * call of its own.
 */
function isRefusedFor({ url, isIdempotent, response, text }: Refusal, { codes, wording }: Kind): boolean {
  const type = errorName(headerOf(response, TYPE_HEADER));
  const { code, message } = readAwsError(text);
  const isWorded = wording.test(message);
  if (isIdempotent) return isWorded || codes.test(type) || codes.test(code);
  return (
    isWorded &&
    (codes.test(type) || SIGNATURE_CODES.test(type) || (type === '' && response.status === 403 && isCrossOrigin(url)))
  );
}

/** The server's time from "… is now earlier than 20150830T120000Z (20150830T120500Z - 5 min.)", or from S3's `<ServerTime>`. */
function statedTime(text: string): number | undefined {
  const amzDate = /\((\d{8}T\d{6}Z) [+-] /.exec(text)?.[1];
  if (amzDate !== undefined) return parseAmzDate(amzDate);
  const iso = /<ServerTime>([^<]+)</.exec(text)?.[1];
  return iso === undefined ? undefined : Date.parse(iso);
}
