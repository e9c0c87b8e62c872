/** Clocks and timers that stand still until a test moves them. */

/** In milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const OF_NODE = ['nextTick', 'queueMicrotask', 'performance', 'hrtime', 'setImmediate', 'clearImmediate'] as const;
const INTERVALS = ['setInterval', 'clearInterval'] as const;
const TIMEOUTS = ['setTimeout', 'clearTimeout'] as const;

/**
 * Has a test move the time of the library's own timers: those of Node's fetch and of servers are others, and go on by
 * themselves. Until `jest.useRealTimers()`.
 */
export function fakeTimeouts(): void {
  jest.useFakeTimers({ doNotFake: ['Date', ...OF_NODE, ...INTERVALS] });
}

/**
 * Has a test set the date of the device, by `jest.setSystemTime`; all timers run. Until `jest.useRealTimers()`.
 * @param now In milliseconds; by default the real date.
 */
export function fakeDate(now?: number): void {
  jest.useFakeTimers({ ...(now !== undefined && { now }), doNotFake: [...OF_NODE, ...INTERVALS, ...TIMEOUTS] });
}

/**
 * A service's clock, which stands still but for the hour that passes before each test: none has anything to do with the codes,
 * lockouts and tokens of another.
 */
export function hourlyClock(): { time: number; readonly now: () => Date } {
  const clock = { time: Date.now(), now: () => new Date(clock.time) };
  beforeEach(() => {
    clock.time += HOUR;
  });
  return clock;
}
