/** The dates of HTTP headers. */

/** The months' names in HTTP's dates, in Cognito's timestamps and in logs. */
export const MONTHS: readonly string[] = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIME = String.raw`(\d\d:\d\d:\d\d)`;

type Part = 'day' | 'month' | 'year' | 'time';

/** The three forms: today's, and two of old servers. Groups are listed in order, since some versions of Hermes lack named ones. */
const FORMS: readonly (readonly [form: RegExp, ...parts: Part[]])[] = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  [new RegExp(String.raw`^${DAY}, (\d\d) ${MONTH} (\d{4}) ${TIME} GMT$`), 'day', 'month', 'year', 'time'],
  // Sunday, 06-Nov-94 08:49:37 GMT
  [new RegExp(String.raw`^${LONG_DAY}, (\d\d)-${MONTH}-(\d\d) ${TIME} GMT$`), 'day', 'month', 'year', 'time'],
  // Sun Nov  6 08:49:37 1994
  [new RegExp(String.raw`^${DAY} ${MONTH} ([ \d]\d) ${TIME} (\d{4})$`), 'month', 'day', 'time', 'year'],
];

/**
 * Reads the date of a header, in one of the three forms of RFC 9110, section 5.6.7. `Date.parse` would take many other texts too.
 * @param text The header's value.
 * @param now The time that tells the century of a year of two digits, in milliseconds since 1970. Default: the device's.
 * @returns Milliseconds since 1970; `undefined` for anything else, such as 31 February.
 */
export function parseHttpDate(text: string, now = Date.now()): number | undefined {
  const parts = FORMS.map(([form, ...names]) => readParts(form, names, text)).find((found) => found !== undefined);
  if (!parts) return undefined;
  const { day = '', month = '', year = '', time = '' } = parts;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined; // 60 is a leap second
  const fullYear = year.length === 4 ? Number(year) : expandYear(Number(year), new Date(now).getUTCFullYear());
  const date = new Date(0);
  date.setUTCFullYear(fullYear, MONTHS.indexOf(month), Number(day)); // `Date.UTC` reads the years 0 to 99 as 1900 to 1999
  if (date.getUTCDate() !== Number(day)) return undefined;
  return date.setUTCHours(hours, minutes, seconds);
}

function readParts(form: RegExp, names: readonly Part[], text: string): Partial<Record<Part, string>> | undefined {
  const found = form.exec(text);
  return found ? Object.fromEntries(names.map((name, i) => [name, found[i + 1]])) : undefined;
}

/** Expands a year of two digits to the latest year that ends so and is at most 50 years ahead. */
function expandYear(twoDigits: number, thisYear: number): number {
  const limit = thisYear + 50;
  return limit - ((((limit - twoDigits) % 100) + 100) % 100);
}
