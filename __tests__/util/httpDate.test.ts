/** Dates of HTTP: RFC 9110, section 5.6.7, whose examples these are. */
import { parseHttpDate } from '../../src/util/index';

const NOW = Date.UTC(2026, 10, 25);
const EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each<[string, number]>([
  ['Sun, 06 Nov 1994 08:49:37 GMT', EXAMPLE],
  ['Sunday, 06-Nov-94 08:49:37 GMT', EXAMPLE],
  ['Sun Nov  6 08:49:37 1994', EXAMPLE],
  ['Wed Nov 16 08:49:37 1994', Date.UTC(1994, 10, 16, 8, 49, 37)],
  ['Thu, 29 Feb 2024 23:59:60 GMT', Date.UTC(2024, 2, 1)], // a leap second
  // More than 50 years ahead is the past century.
  ['Friday, 01-Jan-76 00:00:00 GMT', Date.UTC(2076, 0, 1)],
  ['Friday, 01-Jan-77 00:00:00 GMT', Date.UTC(1977, 0, 1)],
  ['Friday, 01-Jan-00 00:00:00 GMT', Date.UTC(2000, 0, 1)],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('%s', (text, time) => {
  expect(parseHttpDate(text, NOW)).toBe(time);
});

test.each([
  ...['', '5', 'Sun', '1994', '1994-11-06T08:49:37Z', 'Sun, 06 Nov 1994', 'Sun, 06 Nov 1994 08:49 GMT'],
  ...['Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 94 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 CET'],
  ...['Sun, 06 Nov 1994 08:49:37 +0000', 'sun, 06 nov 1994 08:49:37 gmt', ' Sun, 06 Nov 1994 08:49:37 GMT'],
  ...['Sun, 06 Nov 1994 24:49:37 GMT', 'Sun, 06 Nov 1994 08:60:37 GMT', 'Sun, 06 Nov 1994 08:49:61 GMT'],
  ...['Sun, 00 Nov 1994 08:49:37 GMT', 'Sun, 31 Nov 1994 08:49:37 GMT', 'Sun, 29 Feb 2023 08:49:37 GMT'],
  ...[
    'Sunday, 06-Nov-1994 08:49:37 GMT',
    'Sun Nov 6 08:49:37 1994',
    'Sun Nov 06 08:49:37 1994 GMT',
    'Tag, 06 Nov 1994 08:49:37 GMT',
  ],
])('%j is none', (text) => {
  expect(parseHttpDate(text, NOW)).toBeUndefined();
});

test("the device's time, where none is given", () => {
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(EXAMPLE);
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT')).toBe(EXAMPLE);
});
