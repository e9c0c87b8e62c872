import { runInNewContext } from 'node:vm';
import { SigV4ClientError } from '../../src/sigv4';
import { readClock } from '../../src/util';

const time = Date.UTC(2015, 7, 30, 12, 36);

test.each<[string, unknown]>([
  ['a Date', () => new Date(time)],
  ["another frame's Date", () => runInNewContext(`new Date(${time})`) as Date],
  ['milliseconds', () => time],
])('tells the time of a clock that gives %s', (_, now) => {
  expect(readClock(now)()).toBe(time);
});

const message = 'now: expected a function that gives a valid Date, or milliseconds since 1970, got ';

test.each<[unknown, string]>([
  [time, String(time)],
  [new Date(time), 'Date'],
  [null, 'null'],
])('refuses %p', (now, came) => {
  const refusal = { name: 'SigV4Error', code: 'InvalidOption', option: 'now', message: message + came };
  expect(() => readClock(now)).toThrow(expect.objectContaining(refusal) as Error);
});

test.each<[unknown, string]>([
  [NaN, 'NaN'],
  [-1, '-1'],
  [Date.UTC(9999, 11, 31) + 86_400_000, '253402300800000'],
  [new Date(NaN), 'Date'],
  ['2015-08-30', 'a string of 10 characters'],
  [undefined, 'undefined'],
])('a clock that gives %p is no clock', (given, came) => {
  expect(readClock(() => given)).toThrow(message + came);
});

test('the error is that of whoever reads it', () => {
  const makeError = (option: string) => new SigV4ClientError('Other', option);
  expect(() => readClock(5, makeError)).toThrow(new SigV4ClientError('Other', 'now'));
  expect(readClock(() => NaN, makeError)).toThrow(new SigV4ClientError('Other', 'now'));
});
