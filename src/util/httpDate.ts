/** Dates as HTTP's headers have them. */

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const MONTH = '(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIME = String.raw`(?<time>\d\d:\d\d:\d\d)`;

/** One that is sent today, and two that old servers send. */
const FORMS = [
  new RegExp(String.raw`^${DAY}, (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT$`), // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(String.raw`^${LONG_DAY}, (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT$`), // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(String.raw`^${DAY} ${MONTH} (?<day>[ \d]\d) ${TIME} (?<year>\d{4})$`), // Sun Nov  6 08:49:37 1994
];

/**
 * Reads a date of a header. RFC 9110, section 5.6.7: three forms, and no others, of which `Date.parse` makes dates as well.
 * @param text The header's value.
 * @param now The time, by which a year of two digits is understood. Default the device's.
 * @returns Milliseconds since 1970; `undefined` for what is no such date, such as 31 February.
 */
export function parseHttpDate(text: string, now = Date.now()): number | undefined {
  const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (!groups) return undefined;
  const { day = '', month = '', year = '', time = '' } = groups;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined; // 60 is a leap second
  const fullYear = year.length === 4 ? Number(year) : expandYear(Number(year), new Date(now).getUTCFullYear());
  const date = new Date(0);
  date.setUTCFullYear(fullYear, MONTHS.indexOf(month), Number(day)); // `Date.UTC` takes years below 100 for others
  if (date.getUTCDate() !== Number(day)) return undefined;
  return date.setUTCHours(hours, minutes, seconds);
}

/** Two digits stand for the last year that ends so and is no more than 50 years ahead. */
function expandYear(twoDigits: number, thisYear: number): number {
  const limit = thisYear + 50;
  return limit - ((((limit - twoDigits) % 100) + 100) % 100);
}
