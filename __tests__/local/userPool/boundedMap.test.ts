import { BoundedMap } from '../../../src/local/userPool/boundedMap';

it('forgets what was set longest ago', () => {
  const map = new BoundedMap<number>(3);
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['a', 4],
    ['d', 5],
  ] as const)
    map.set(key, value);
  expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([4, undefined, 3, 5]);
  map.delete('a');
  expect([map.get('a'), map.size]).toEqual([undefined, 2]);
});

it('stays small', () => {
  const map = new BoundedMap<number>();
  for (let i = 0; i < 50_000; i++) map.set(String(i), i);
  expect(map.size).toBe(10_000);
});
