import fc from 'fast-check';
import { parseAmzDate, toAmzDate } from '../../src/sigv4';
import { clientOf, errorOf, expectBothRefuse } from '../support/sigV4Refusal';
import type { Refusal } from '../support/sigV4Refusal';

test.each<Refusal>([
  ['an invalid Date', { date: new Date(NaN) }, 'InvalidDate', 'date', /./],
  ['NaN', { date: NaN }, 'InvalidDate', 'date', /NaN/],
  ['a date before 1970', { date: -1000 }, 'InvalidDate', 'date', /-1000/],
  ['the year 10000', { date: 253402300800000 }, 'InvalidDate', 'date', /253402300800000/],
  ['text as date', { date: '2015-08-30' }, 'InvalidDate', 'date', /10 characters/],
])('%s is refused as a date', (...row) => {
  expectBothRefuse(row);
});

test('the clock is checked as well', () => {
  const client = clientOf({ now: () => new Date(NaN) });
  expect(errorOf(() => client.signRequest({})).code).toBe('InvalidDate');
});

/** Any second between 1970 and 9999. */
const anyTime = fc.integer({ min: 0, max: 253_402_300_799 }).map((second) => second * 1000);

test('is what toISOString gives, without punctuation and milliseconds', () => {
  fc.assert(
    fc.property(anyTime, fc.nat(999), (time, ms) => {
      const expected = new Date(time).toISOString().replace(/[:-]|\.\d+/g, '');
      expect([toAmzDate(time + ms), toAmzDate(new Date(time))]).toEqual([expected, expected]);
    }),
  );
});

test('the first moment and the last', () => {
  for (const [time, text] of [
    [0, '19700101T000000Z'],
    [Date.UTC(9999, 11, 31, 23, 59, 59, 999), '99991231T235959Z'],
  ] as const) {
    toAmzDate(time / 2); // no minute is remembered that would do without a check
    expect(toAmzDate(time)).toBe(text);
    expect(toAmzDate(parseAmzDate(text))).toBe(text);
  }
});

test('a minute is made into text once', () => {
  const toISOString = jest.spyOn(Date.prototype, 'toISOString');
  const start = Date.UTC(2031, 4, 6, 7, 8);
  for (let second = 0; second < 60; second++) toAmzDate(start + 1000 * second);
  expect(toISOString).toHaveBeenCalledTimes(1);
  toISOString.mockRestore();
});

describe('parseAmzDate', () => {
  test('reads what toAmzDate writes', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        expect(parseAmzDate(toAmzDate(time))).toBe(time);
      }),
    );
  });

  test.each([
    '',
    '20150830',
    '2015-08-30T12:36:00Z',
    '20150830T123600',
    '20150830T123600z',
    ' 20150830T123600Z',
    '20150231T000000Z',
    '20150001T000000Z',
    '20150830T240000Z',
    '20150830T126000Z',
    '19691231T235959Z',
    '100000101T000000Z',
    '20150830T123600.5Z',
  ])('%j is none', (text) => {
    expect(parseAmzDate(text)).toBeNaN();
  });

  test('the 29th of February is one in leap years alone', () => {
    expect(parseAmzDate('20240229T000000Z')).toBe(Date.UTC(2024, 1, 29));
    expect(parseAmzDate('20230229T000000Z')).toBeNaN();
  });
});
