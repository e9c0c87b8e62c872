/** One at a time, with the locks of the platform: Node has them from 24 on, so that here they are as the Web Locks API says. */
import { withLock } from '../../../src/cognito/userPool/lock';
import { createGate } from '../../support/gate';
import { fakeTimeouts } from '../../support/clocks';
import { turns } from '../../support/signedFetchHarness';

const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  jest.useRealTimers();
  if (navigator) Object.defineProperty(globalThis, 'navigator', navigator);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

function provide(locks: unknown): void {
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
}

/** https://w3c.github.io/web-locks/: exclusive locks, granted in the order in which they were asked for. */
function webLocks() {
  const last = new Map<string, Promise<unknown>>();
  return {
    request<T>(name: string, { signal }: { signal: AbortSignal }, run: () => Promise<T>): Promise<T> {
      const before = last.get(name) ?? Promise.resolve();
      let granted = false;
      const mine = before.then(() => {
        if (signal.aborted) return undefined as T;
        granted = true;
        return run();
      });
      last.set(
        name,
        mine.catch(() => undefined),
      );
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          if (!granted) reject(signal.reason as Error);
        });
      });
      return Promise.race([mine, aborted]);
    },
  };
}

/** Shows that a lock which is never given back holds up the next for ten seconds. */
async function expectTenSeconds(name: string): Promise<void> {
  fakeTimeouts();
  void withLock(name, () => new Promise(() => undefined));
  const run = jest.fn(() => Promise.resolve('done'));
  const waiting = withLock(name, run);
  await turns(1);
  jest.advanceTimersByTime(9_999);
  await turns(1);
  expect(run).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(await waiting).toBe('done');
  expect(run).toHaveBeenCalledTimes(1);
}

test('without locks, it runs at once', async () => {
  for (const locks of [undefined, null]) {
    provide(locks);
    expect(await withLock('a', () => Promise.resolve(1))).toBe(1);
  }
});

test.each([
  ['with the locks of the platform', webLocks()],
  ['without any, within the process', undefined],
])('one after the other under one name, side by side under others: %s', async (_, locks) => {
  provide(locks);
  const gate = createGate();
  const order: string[] = [];
  const first = withLock('a', async () => {
    await gate.pass();
    order.push('first');
  });
  const second = withLock('a', () => Promise.resolve(order.push('second')));
  await withLock('b', () => Promise.resolve(order.push('other')));
  gate.open();
  await Promise.all([first, second]);
  expect(order).toEqual(['other', 'first', 'second']);
});

test('a lock that another tab holds is waited for', async () => {
  const locks = webLocks();
  provide(locks);
  const gate = createGate();
  const { signal } = new AbortController();
  const elsewhere = locks.request('a', { signal }, () => gate.pass()); // by another tab: not through this process's own queue
  await gate.reached;
  const run = jest.fn(() => Promise.resolve('done'));
  const waiting = withLock('a', run);
  await turns(1);
  expect(run).not.toHaveBeenCalled();
  gate.open();
  await elsewhere;
  expect(await waiting).toBe('done');
});

test('what it throws comes through, and it runs once', async () => {
  provide(webLocks());
  const run = jest.fn(() => Promise.reject(new Error('no')));
  await expect(withLock('a', run)).rejects.toThrow('no');
  expect(run).toHaveBeenCalledTimes(1);
  expect(await withLock('a', () => Promise.resolve('next'))).toBe('next');
});

test('a tab that keeps the lock is waited for ten seconds, and no more', async () => {
  provide(webLocks());
  await expectTenSeconds('a');
});

test('a page whose origin may have no locks goes on without', async () => {
  provide({ request: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
  expect(await withLock('a', () => Promise.resolve(1))).toBe(1);
});

test('no timer is left behind', async () => {
  provide(webLocks());
  fakeTimeouts();
  await withLock('a', () => Promise.resolve(1));
  expect(jest.getTimerCount()).toBe(0);
});

describe('within the process', () => {
  beforeEach(() => {
    provide(undefined);
  });

  test('a lock that no one holds any more is had at once', async () => {
    await withLock('a', () => Promise.resolve(1));
    await turns(1);
    const run = jest.fn(() => Promise.resolve(2));
    const running = withLock('a', run);
    expect(run).toHaveBeenCalledTimes(1); // in the same turn
    expect(await running).toBe(2);
  });

  test('one after the other, though the first ends while the third already waits', async () => {
    const gates = [createGate(), createGate()];
    const order: string[] = [];
    const first = withLock('a', () => gates[0]!.pass());
    const second = withLock('a', async () => {
      order.push('second begins');
      await gates[1]!.pass();
      order.push('second ends');
    });
    gates[0]!.open();
    await first;
    await gates[1]!.reached;
    const third = withLock('a', () => Promise.resolve(order.push('third')));
    await turns(1);
    gates[1]!.open();
    await Promise.all([second, third]);
    expect(order).toEqual(['second begins', 'second ends', 'third']);
  });

  test('what fails does not stand in the way of the next', async () => {
    const gate = createGate();
    const first = withLock('a', async () => {
      await gate.pass();
      throw new Error('no');
    });
    const second = withLock('a', () => Promise.resolve('next'));
    gate.open();
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe('next');
  });

  test('one that keeps the lock is waited for ten seconds, and no more', async () => {
    await expectTenSeconds('kept');
  });
});
