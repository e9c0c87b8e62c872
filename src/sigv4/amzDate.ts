/** The signing time. */
import { SigV4Error } from './errors.js';
import { timeOf } from './values.js';

/** The last moment that `20150830T123600Z` has a form for: the end of the year 9999, in milliseconds since 1970. */
export const LAST_TIME = 253_402_300_799_999;

/** Whether a number of milliseconds since 1970 can be written as `20150830T123600Z`. */
export const isAmzTime = (time: number): boolean => time >= 0 && time <= LAST_TIME;

let lastMinute = { minute: NaN, text: '' };

/**
 * A time in ISO 8601's basic format, `20150830T123600Z`. Remembers the minute, since `toISOString` takes 1 µs.
 * @param date A Date, or milliseconds since 1970.
 * @throws SigV4Error `InvalidDate`
 */
export function toAmzDate(date: Date | number): string {
  const time = timeOf(date);
  const second = Math.floor(time / 1000);
  const minute = Math.floor(second / 60);
  if (minute !== lastMinute.minute) {
    if (!isAmzTime(time)) throw new SigV4Error('InvalidDate', 'date', 'a valid Date, or milliseconds since 1970', date);
    lastMinute = { minute, text: new Date(second * 1000).toISOString().slice(0, 16).replace(/[:-]/g, '') };
  }
  return lastMinute.text + String(100 + (second % 60)).slice(1) + 'Z';
}

/**
 * Reads a time in ISO 8601's basic format.
 * @param text Such as `20150830T123600Z`.
 * @returns Milliseconds since 1970; NaN for anything else, such as the 31st of February.
 */
export function parseAmzDate(text: string): number {
  const at = (start: number, end: number): string => text.slice(start, end);
  const day = `${at(0, 4)}-${at(4, 6)}-${at(6, 8)}`;
  const time = Date.parse(`${day}T${at(9, 11)}:${at(11, 13)}:${at(13, 15)}Z`);
  return time >= 0 && toAmzDate(time) === text ? time : NaN;
}
