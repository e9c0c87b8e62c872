import { singleFlight } from '../../src/util/index';

/** A function that runs until it is told to end, and how often it was called. */
function controlled() {
  const ends: ((value: number) => void)[] = [];
  return { ends, run: () => new Promise<number>((resolve) => ends.push(resolve)) };
}

test('calls that come while one is under way share its result, later ones do not', async () => {
  const { ends, run } = controlled();
  const shared = singleFlight(run);
  const calls = [shared(), shared()];
  expect(ends).toHaveLength(1);
  ends[0]!(1);
  expect(await Promise.all(calls)).toEqual([1, 1]);
  const next = shared();
  ends[1]!(2);
  expect(await next).toBe(2);
});

test('a failure is shared, and not kept', async () => {
  let count = 0;
  const shared = singleFlight(() => Promise.reject(new Error(String(++count))));
  const both = await Promise.allSettled([shared(), shared()]);
  expect(both.map((result) => (result as PromiseRejectedResult).reason as unknown)).toEqual([Error('1'), Error('1')]);
  await expect(shared()).rejects.toThrow('2');
});

test('it is shared for so long at most, and what ends late does not end the next one', async () => {
  let now = 0;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  try {
    const { ends, run } = controlled();
    const shared = singleFlight(run, 30_000);
    const first = shared();
    now = 29_999;
    expect(shared()).toBe(first);
    now = 30_000;
    const second = shared();
    expect(ends).toHaveLength(2);
    ends[0]!(1);
    expect(await first).toBe(1);
    expect(shared()).toBe(second);
    ends[1]!(2);
    expect(await second).toBe(2);
  } finally {
    clock.mockRestore();
  }
});
