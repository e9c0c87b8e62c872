import { runInNewContext } from 'node:vm';
import { isObject, timeOf } from '../../src/util';

it.each<[unknown, boolean]>([
  [{}, true],
  [Object.create(null), true],
  [JSON.parse('{"a":1}'), true],
  [runInNewContext('({})'), true],
  [null, false],
  [undefined, false],
  [[], false],
  [new Date(), false],
  [() => undefined, false],
  ['{}', false],
  [1, false],
])('isObject(%p) is %p', (value, is) => {
  expect(isObject(value)).toBe(is);
});

const time = Date.UTC(2015, 7, 30);

it.each<[unknown, number]>([
  [new Date(time), time],
  [runInNewContext(`new Date(${time})`), time],
  [time, time],
  [0, 0],
  [new Date(NaN), NaN],
  [NaN, NaN],
  ['2015-08-30', NaN],
  [String(time), NaN],
  [null, NaN],
  [undefined, NaN],
  [true, NaN],
  [{ valueOf: () => time }, NaN],
])('timeOf(%p) is %p', (value, expected) => {
  expect(timeOf(value)).toBe(expected);
});

it('what a module exports is an object', async () => {
  expect(isObject(await import('../../src/util/values'))).toBe(true);
  expect(isObject({ [Symbol.toStringTag]: 'Module' })).toBe(true);
});
