/** Signatures that came too early or too late. */
import { change } from './difference.js';
import type { Answer } from './refusal.js';
import type { Signed } from './signed.js';
import type { Explanation } from './types.js';

const AMZ_DATE = '(\\d{8}T\\d{6}Z)';
const EXPIRED = new RegExp(`Signature expired: ${AMZ_DATE}(?: is now earlier than ${AMZ_DATE})?`);
const NOT_YET = new RegExp(`Signature not yet current: ${AMZ_DATE}(?: is still later than ${AMZ_DATE})?`);
const NOW = new RegExp(`\\(${AMZ_DATE} [-+] (\\d+) (min|sec)`);
const SKEWED = /difference between the request time and the (current|server'?s?) time is too large/i;

/**
 * Explains a refusal that is about time.
 * @param now The device's clock, in milliseconds.
 */
export function explainTime(answer: Answer, signed: Signed, now: number): Explanation | undefined {
  const { message } = answer;
  const expired = EXPIRED.exec(message);
  const found = expired ?? NOT_YET.exec(message);
  const isSkewed = answer.type.startsWith('RequestTimeTooSkewed') || SKEWED.test(message);
  if (!found && !isSkewed) return undefined;
  const arrivedDate = found?.[1] ?? signed.amzDate;
  if (signed.amzDate !== '' && signed.amzDate !== arrivedDate) return dateChanged(signed, arrivedDate);

  const signedAt = parseAmzDate(arrivedDate);
  const gatewayNow = gatewayTime(answer, found?.[2], Boolean(expired));
  if (signedAt === undefined || gatewayNow === undefined) return vague(expired ? 'ClockBehind' : 'ClockAhead');
  if (signed.expiresIn !== undefined && expired) return presignedExpired(signedAt, signed.expiresIn, gatewayNow);
  return compareClocks(signedAt, gatewayNow, now);
}

/** @param now The device's clock. All three in milliseconds. */
export function compareClocks(signedAt: number, gatewayNow: number, now: number): Explanation {
  const off = signedAt - gatewayNow;
  const difference = `the date: signed at ${iso(signedAt)}, the gateway's clock shows ${iso(gatewayNow)}: ${span(off)} ${off < 0 ? 'too early' : 'too late'}`;
  const isDeviceRight = Math.abs(now - gatewayNow) < Math.abs(off) / 2;
  if (off < 0 && isDeviceRight) {
    return {
      code: 'SignatureTooOld',
      cause: `The request was signed ${span(off)} before it reached the gateway, which accepts 5 minutes. This device's clock is right: the signed request was kept, queued or sent again.`,
      difference,
      advice:
        'Sign right before sending, and sign each retry anew. If the client is given a clock (now) or a date of its own, check that one.',
    };
  }
  const clock = isDeviceRight ? 'The clock that the request was signed with' : "This device's clock";
  return {
    code: off < 0 ? 'ClockBehind' : 'ClockAhead',
    cause: `${clock} is about ${span(off)} ${off < 0 ? 'behind' : 'ahead of'} the gateway's, which accepts 5 minutes.`,
    difference,
    advice:
      "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
  };
}

function presignedExpired(signedAt: number, expiresIn: number, gatewayNow: number): Explanation {
  const end = signedAt + expiresIn * 1000;
  return {
    code: 'PresignedUrlExpired',
    cause: `The presigned URL was valid for ${span(expiresIn * 1000)} and expired ${span(gatewayNow - end)} ago.`,
    difference: `the date: signed at ${iso(signedAt)}, valid until ${iso(end)}, the gateway's clock shows ${iso(gatewayNow)}`,
    advice:
      'Make a new URL right before it is used, or with a longer expiresIn (up to 604800 seconds). If it was made only just now, the clock of the device that made it is behind.',
  };
}

function dateChanged(signed: Signed, arrived: string): Explanation {
  return {
    code: 'HeaderChanged',
    cause:
      'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
    difference: `the header x-amz-date: ${change(signed.amzDate, arrived)}`,
    advice:
      'Let x-amz-date pass unchanged, and compare the answer with the very request it refused: each retry is signed anew.',
  };
}

function vague(code: 'ClockBehind' | 'ClockAhead'): Explanation {
  return {
    code,
    cause: `The gateway found the signature's date too ${code === 'ClockBehind' ? 'old' : 'new'} by its own clock; it accepts 5 minutes. Either the clock is off, or the request was not signed right before it was sent.`,
    advice: "Compare the device's clock with the Date header of a response, and sign right before sending.",
  };
}

/** The gateway's clock: from the text in brackets, the limit it names, or the Date header. */
function gatewayTime({ message, date }: Answer, limit: string | undefined, isPast: boolean): number | undefined {
  const now = NOW.exec(message)?.[1];
  if (now !== undefined) return parseAmzDate(now);
  if (date !== undefined) return date;
  const edge = limit === undefined ? undefined : parseAmzDate(limit);
  return edge === undefined ? undefined : edge + (isPast ? 300_000 : -300_000);
}

/** `20150830T123600Z` in milliseconds. */
export function parseAmzDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000', '');

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** The two largest units: `1 hour 5 minutes`. */
function span(milliseconds: number): string {
  let rest = Math.round(Math.abs(milliseconds) / 1000);
  const parts: string[] = [];
  for (const [name, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest %= seconds;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 seconds';
}
