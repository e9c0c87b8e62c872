/** What a refusal says of the clock and of the credentials. */

/** A response that may be a refusal by the gateway. */
export interface Refusal {
  readonly status: number;
  /** A header's value; empty where it is missing or hidden from the page. */
  readonly header: (name: string) => string;
  /** The body. */
  readonly text: string;
}

/** API Gateway refuses with 403, other services with 400 or 401 as well. */
export const REFUSAL_STATUSES: readonly number[] = [400, 401, 403];

/** AWS accepts signatures that are at most this far from its own time, in milliseconds. */
const MAX_SKEW = 5 * 60_000;

const CLOCK_CODES = /^Request(Expired|InTheFuture|TimeTooSkewed)$/;
const CLOCK_TEXT =
  /Signature expired|Signature not yet current|Request(Expired|InTheFuture|TimeTooSkewed)|difference between the request time and the (current|server's) time/i;
const TOKEN_CODES = /^(ExpiredToken(Exception)?|UnrecognizedClient(Exception)?|InvalidClientTokenId)$/;
const TOKEN_TEXT = /security token included in the request is (expired|invalid)/i;

/** AWS's name of the error: `ThrottlingException` of `ThrottlingException:http://…`. */
export function errorType(header: string): string {
  return header.replace(/^.*#|:.*$/gs, '');
}

/**
 * The server's time, where a request was refused for its date.
 * @param refusal The response.
 * @param now The time that it was signed with, about, in milliseconds.
 * @returns Milliseconds since 1970; `undefined` where the clock is not to blame.
 */
export function serverTimeOf(refusal: Refusal, now: number): number | undefined {
  const { status, header, text } = refusal;
  if (!REFUSAL_STATUSES.includes(status)) return undefined;
  const date = Date.parse(header('date')); // NaN where it is hidden
  if (CLOCK_CODES.test(errorType(header('x-amzn-errortype'))) || CLOCK_TEXT.test(text)) {
    const stated = statedTime(text) ?? date;
    return Number.isNaN(stated) ? undefined : stated;
  }
  // An API can hide the gateway's reason. With such a clock it is known anyway.
  return status === 403 && Math.abs(date - now) > MAX_SKEW ? date : undefined;
}

/** Of "… is now earlier than 20150830T120000Z (20150830T120500Z - 5 min.)", and of S3's `<ServerTime>`. */
function statedTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [+-] /.exec(text) ?? [];
  const iso =
    year === undefined
      ? /<ServerTime>([^<]+)</.exec(text)?.[1]
      : `${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`;
  return iso === undefined ? undefined : Date.parse(iso);
}

/** Whether the credentials were refused as expired or unknown: new ones may be accepted. */
export function isTokenRefused({ status, header, text }: Refusal): boolean {
  if (!REFUSAL_STATUSES.includes(status)) return false;
  return TOKEN_CODES.test(errorType(header('x-amzn-errortype'))) || TOKEN_TEXT.test(text);
}
