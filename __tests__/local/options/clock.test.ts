import { runInNewContext } from 'node:vm';
import { LocalAwsError, openClock } from '../../../src/local/options';

const time = Date.UTC(2015, 7, 30, 12, 36);

it.each<[string, () => Date | number]>([
  ['a Date', () => new Date(time)],
  ["another frame's Date", () => runInNewContext(`new Date(${time})`) as Date],
  ['milliseconds', () => time],
])('tells the time of a clock that gives %s', (_, now) => {
  expect(openClock(now)()).toEqual(new Date(time));
});

it("is the machine's without one", () => {
  const before = Date.now();
  const now = openClock(undefined)().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

const EXPECTED = 'now: expected a function that gives a valid Date, or milliseconds since 1970, got ';

it.each<[unknown, string]>([
  [time, String(time)],
  [new Date(time), 'Date'],
  [null, 'null'],
])('refuses %p', (now, came) => {
  const read = () => openClock(now as () => Date);
  expect(read).toThrow(LocalAwsError);
  expect(read).toThrow(EXPECTED + came);
});

it.each<[unknown, string]>([
  [NaN, 'NaN'],
  [new Date(NaN), 'Date'],
  ['2015-08-30', 'a string of 10 characters'],
  [undefined, 'undefined'],
])('a clock that gives %p is no clock', (given, came) => {
  const clock = openClock(() => given as Date);
  expect(clock).toThrow(EXPECTED + came);
});
