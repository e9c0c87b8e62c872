import { canonicalQuery, sortPairs } from '../../src/sigv4/canonicalQuery';
import type { Pair } from '../../src/sigv4';

test('encodes, then sorts by the encoded bytes of name and value', () => {
  const query: Pair[] = [
    ['b', '2'],
    ['a', 'é'],
    ['b', '1'],
    ['a ', '/'],
    ['é', ''],
    ['💡', "!'()*"],
    ['B', '-._~'],
  ];
  expect(canonicalQuery(query)).toBe('%C3%A9=&%F0%9F%92%A1=%21%27%28%29%2A&B=-._~&a=%C3%A9&a%20=%2F&b=1&b=2');
  expect(canonicalQuery([])).toBe('');
  expect(query[0]).toEqual(['b', '2']);
});

test.each([0, 1, 2, 31, 32, 33, 200])('%i pairs are in order, whatever order they come in', (count) => {
  const sorted = Array.from({ length: count }, (_, i): Pair => [`k${100 + (i >> 1)}`, String(i & 1)]);
  const mixed = sorted.map((_, i) => sorted[(i * 7919) % count]!);
  for (const pairs of [sorted, [...sorted].reverse(), mixed]) expect(sortPairs([...pairs])).toEqual(sorted);
});

describe('a long query takes as many steps as sorting it', () => {
  /** How often names are looked at while that many pairs are sorted. */
  function looksFor(count: number, keyOf: (i: number) => number): number {
    let looks = 0;
    const pairs = Array.from({ length: count }, (_, i) =>
      Object.defineProperty(['', ''], 0, {
        get: () => {
          looks++;
          return String(1e6 + keyOf(i));
        },
      }),
    );
    sortPairs(pairs as unknown as Pair[]);
    return looks;
  }

  test.each<[string, (i: number) => number]>([
    ['in order', (i) => i],
    ['in reverse', (i) => -i],
    ['in no order', (i) => (i * 7919) % 5_003],
  ])('%s', (_name, keyOf) => {
    // 10 to 15 times as many for ten times as many pairs; 100 where every pair is compared with every other.
    expect(looksFor(5_000, keyOf) / looksFor(500, keyOf)).toBeLessThan(25);
  });
});
