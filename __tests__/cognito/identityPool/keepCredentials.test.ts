import { keepCredentials } from '../../../src/cognito/identityPool/keepCredentials';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret' };

test('a device whose clock is an hour ahead does not ask at each call', async () => {
  const load = jest.fn(() => Promise.resolve({ ...keys, expiration: new Date(1_000_000) }));
  const kept = keepCredentials(load, () => 5_000_000);
  await kept();
  await kept();
  expect(load).toHaveBeenCalledTimes(1);
});

test('an expiration may be text, as a JSON endpoint gives it', async () => {
  const load = jest.fn(() => Promise.resolve({ ...keys, expiration: '2015-08-30T12:36:00Z' as unknown as Date }));
  let now = Date.UTC(2015, 7, 30, 12);
  const kept = keepCredentials(load, () => now);
  await kept();
  await kept();
  expect(load).toHaveBeenCalledTimes(1);
  now += 3_600_000;
  await kept();
  expect(load).toHaveBeenCalledTimes(2);
});

test('credentials without an expiration are kept for ever, also where it is null', async () => {
  for (const expiration of [undefined, null] as unknown as Date[]) {
    const load = jest.fn(() => Promise.resolve({ ...keys, expiration }));
    let now = 0;
    const kept = keepCredentials(load, () => (now += 3_600_000));
    await kept();
    await kept();
    expect(load).toHaveBeenCalledTimes(1);
  }
});

test('after a failure the next call tries again', async () => {
  const load = jest
    .fn()
    .mockRejectedValueOnce(new Error('once'))
    .mockResolvedValue({ ...keys, expiration: new Date(9e12) });
  const kept = keepCredentials(load, () => 0);
  await expect(Promise.all([kept(), kept()])).rejects.toThrow('once');
  await expect(kept()).resolves.toBeDefined();
  expect(load).toHaveBeenCalledTimes(2);
});

test('a forced refresh that fails leaves the kept ones to the calls after it', async () => {
  const load = jest.fn(({ forceRefresh }: { forceRefresh: boolean }) =>
    forceRefresh ? Promise.reject(new Error('no')) : Promise.resolve({ ...keys, expiration: new Date(9e12) }),
  );
  const kept = keepCredentials(load, () => 0);
  const first = await kept();
  await expect(kept({ forceRefresh: true })).rejects.toThrow('no');
  expect(await kept()).toBe(first);
  expect(load).toHaveBeenCalledTimes(2);
});

test('a forced refresh does not take what is on its way without force', async () => {
  let finish = (): void => undefined;
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const load = jest.fn(async ({ forceRefresh }: { forceRefresh: boolean }) => {
    if (!forceRefresh) await slow;
    return { ...keys, accessKeyId: forceRefresh ? 'NEW' : 'OLD' };
  });
  const kept = keepCredentials(load, () => 0);
  const waiting = kept();
  expect((await kept({ forceRefresh: true })).accessKeyId).toBe('NEW');
  finish();
  await waiting;
});
