/** Signatures that came too early or too late. */
import { parseAmzDate } from '../../sigv4/index.js';
import { MAX_SKEW } from '../../util/index.js';
import type { Explanation } from '../../util/index.js';
import { showChange } from '../compare/index.js';
import type { Answer, Signed } from '../read/index.js';
import { showDuration, showTime } from './timeText.js';

const AMZ_DATE = '(\\d{8}T\\d{6}Z)';
const EXPIRED = new RegExp(`Signature expired: ${AMZ_DATE}(?: is now earlier than ${AMZ_DATE})?`);
const NOT_YET = new RegExp(`Signature not yet current: ${AMZ_DATE}(?: is still later than ${AMZ_DATE})?`);
/** S3's text for a presigned URL that has expired. */
const HAS_EXPIRED = /^Request has expired\.?$/;
const NOW = new RegExp(`\\(${AMZ_DATE} [-+] (\\d+) (min|sec)`);
const SKEWED = /difference between the request time and the (current|server's) time is too large/;

/**
 * Explains a refusal that is about time.
 * @param now The device's clock, in milliseconds.
 * @returns `undefined` where it is about something else.
 */
export function explainTime(answer: Answer, signed: Signed, now: number): Explanation | undefined {
  const expired = EXPIRED.exec(answer.message);
  const found = expired ?? NOT_YET.exec(answer.message);
  if (HAS_EXPIRED.test(answer.message) && signed.expiresIn !== undefined) {
    const [signedAt, gatewayNow] = [parseAmzDate(signed.amzDate), answer.date ?? now];
    return Number.isNaN(signedAt) ? withoutTimes(true) : presignedExpired(signedAt, signed.expiresIn, gatewayNow);
  }
  if (!found && !isSkewed(answer)) return undefined;
  const arrivedDate = found?.[1] ?? signed.amzDate;
  if (signed.amzDate !== '' && signed.amzDate !== arrivedDate) return dateChanged(signed, arrivedDate);

  const isPast = expired !== null;
  const signedAt = parseAmzDate(arrivedDate);
  const gatewayNow = readGatewayTime(answer, found?.[2], isPast);
  if (Number.isNaN(signedAt) || Number.isNaN(gatewayNow)) return withoutTimes(isPast);
  if (signed.expiresIn !== undefined && isPast) return presignedExpired(signedAt, signed.expiresIn, gatewayNow);
  return compareClocks(signedAt, gatewayNow, now);
}

const isSkewed = ({ type, message }: Answer): boolean => type === 'RequestTimeTooSkewed' || SKEWED.test(message);

/**
 * Explains a date that is far from the gateway's clock: the device's clock is wrong, or the request was signed long ago.
 * @param signedAt The signing time, in milliseconds since 1970.
 * @param gatewayNow The gateway's clock, in milliseconds since 1970.
 * @param now The device's clock, in milliseconds since 1970.
 */
export function compareClocks(signedAt: number, gatewayNow: number, now: number): Explanation {
  const off = signedAt - gatewayNow;
  const isBehind = off < 0;
  const difference = `the date: signed at ${showTime(signedAt)}, the gateway's clock shows ${showTime(gatewayNow)}: ${showDuration(off)} ${isBehind ? 'too early' : 'too late'}`;
  const isDeviceRight = Math.abs(now - gatewayNow) < Math.abs(off) / 2;
  if (isBehind && isDeviceRight) {
    return {
      code: 'SignatureTooOld',
      cause: `The request was signed ${showDuration(off)} before it reached the gateway, which accepts 5 minutes. This device's clock is right: the signed request was kept, queued or sent again.`,
      difference,
      advice:
        'Sign right before sending, and sign each retry anew. If the client is given a clock (now) or a date of its own, check that one.',
    };
  }
  const clock = isDeviceRight ? 'The clock that the request was signed with' : "This device's clock";
  return {
    code: isBehind ? 'ClockBehind' : 'ClockAhead',
    cause: `${clock} is about ${showDuration(off)} ${isBehind ? 'behind' : 'ahead of'} the gateway's, which accepts 5 minutes.`,
    difference,
    advice:
      "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
  };
}

function presignedExpired(signedAt: number, expiresIn: number, gatewayNow: number): Explanation {
  const end = signedAt + expiresIn * 1000;
  return {
    code: 'PresignedUrlExpired',
    cause: `The presigned URL was valid for ${showDuration(expiresIn * 1000)} and expired ${showDuration(gatewayNow - end)} ago.`,
    difference: `the date: signed at ${showTime(signedAt)}, valid until ${showTime(end)}, the gateway's clock shows ${showTime(gatewayNow)}`,
    advice:
      'Make a new URL right before it is used, or with a longer expiresIn (up to 604800 seconds). If it was made only just now, the clock of the device that made it is behind.',
  };
}

function dateChanged(signed: Signed, arrived: string): Explanation {
  return {
    code: 'HeaderChanged',
    cause:
      'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
    difference: `the header x-amz-date: ${showChange(signed.amzDate, arrived)}`,
    advice:
      'Let x-amz-date pass unchanged, and compare the answer with the very request it refused: each retry is signed anew.',
  };
}

function withoutTimes(isPast: boolean): Explanation {
  return {
    code: isPast ? 'ClockBehind' : 'ClockAhead',
    cause: `The gateway found the signature's date too ${isPast ? 'old' : 'new'} by its own clock; it accepts 5 minutes. Either the clock is off, or the request was not signed right before it was sent.`,
    advice: "Compare the device's clock with the Date header of a response, and sign right before sending.",
  };
}

/**
 * The gateway's clock, in milliseconds since 1970: from the text in brackets, the Date header, or the limit that the text names.
 * @returns NaN where the answer does not tell it.
 */
function readGatewayTime({ message, date }: Answer, limit: string | undefined, isPast: boolean): number {
  const now = NOW.exec(message)?.[1];
  if (now !== undefined) return parseAmzDate(now);
  if (date !== undefined) return date;
  return parseAmzDate(limit ?? '') + (isPast ? MAX_SKEW : -MAX_SKEW);
}
