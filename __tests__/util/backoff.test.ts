import { backoffDelay, MAX_TIMER, sleep } from '../../src/util/index';
import { fakeTimeouts } from '../support/clocks';
import { turns } from '../support/signedFetchHarness';

test('each wait may be twice as long as the last, at random', () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  try {
    expect([1, 2, 3, 4].map((attempt) => backoffDelay(attempt, 200))).toEqual([100, 200, 400, 800]);
    random.mockReturnValue(0);
    expect(backoffDelay(9, 200)).toBe(0);
  } finally {
    random.mockRestore();
  }
});

describe('sleep', () => {
  beforeEach(fakeTimeouts);
  afterEach(() => {
    jest.useRealTimers();
  });

  test('takes its time, and no less where timers cannot take it', async () => {
    for (const milliseconds of [300, MAX_TIMER * 2]) {
      let isOver = false;
      void sleep(milliseconds).promise.then(() => (isOver = true));
      const timer = Math.min(milliseconds, MAX_TIMER);
      jest.advanceTimersByTime(timer - 1);
      await turns(1);
      expect(isOver).toBe(false);
      jest.advanceTimersByTime(1);
      await turns(1);
      expect(isOver).toBe(true);
    }
  });

  test('leaves no timer behind where it is stopped', () => {
    const { stop } = sleep(300);
    expect(jest.getTimerCount()).toBe(1);
    stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
