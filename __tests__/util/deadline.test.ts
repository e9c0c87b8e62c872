import { getEventListeners } from 'node:events';
import { sleepWithin, startDeadline, throwIfAborted, withTimeout } from '../../src/util/index';
import { fakeTimeouts } from '../support/clocks';
import { rejection } from '../support/signedFetchHarness';
import { never } from '../support/waiting';

const late = new Error('late');
const reason = new Error('left the page');

beforeEach(fakeTimeouts);
afterEach(() => {
  jest.useRealTimers();
});

describe('a deadline', () => {
  test('without a signal and a time is none', async () => {
    const { signal, step, end } = startDeadline(undefined, undefined, () => late);
    expect(signal).toBeUndefined();
    expect(await step(() => 5)).toBe(5);
    await expect(
      step(() => {
        throw reason;
      }),
    ).rejects.toBe(reason);
    end();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('ends the step that is under way, and begins no other', async () => {
    const { signal, step } = startDeadline(undefined, 100, () => late);
    expect(await step(() => 5)).toBe(5);
    const waiting = rejection(step(never));
    jest.advanceTimersByTime(99);
    expect(signal!.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(await waiting).toBe(late);
    expect(signal!.reason).toBe(late);
    const work = jest.fn();
    await expect(step(work)).rejects.toBe(late);
    expect(work).not.toHaveBeenCalled();
  });

  test("passes on the reason of the app's signal, and lets go of it", async () => {
    const app = new AbortController();
    const deadlines = [1, 2, 3].map(() => startDeadline(app.signal, 100, () => late));
    expect(getEventListeners(app.signal, 'abort')).toHaveLength(1); // one for all
    deadlines[0]!.end();
    const steps = deadlines.slice(1).map(({ step }) => rejection(step(never)));
    app.abort(reason);
    expect(await Promise.all(steps)).toEqual([reason, reason]);
    expect(deadlines.map(({ signal }) => signal!.aborted)).toEqual([false, true, true]);
    expect([getEventListeners(app.signal, 'abort').length, jest.getTimerCount()]).toEqual([0, 0]);
  });

  test('has ended before it began where the signal is aborted already', async () => {
    const { signal, step } = startDeadline(AbortSignal.abort(reason), 100, () => late);
    expect([signal!.reason, jest.getTimerCount()]).toEqual([reason, 0]);
    await expect(step(() => 5)).rejects.toBe(reason);
  });

  test('ended, it is not late any more', () => {
    const { signal, end } = startDeadline(undefined, 100, () => late);
    end();
    jest.advanceTimersByTime(1000);
    expect([signal!.aborted, jest.getTimerCount()]).toEqual([false, 0]);
  });

  test('a wait within it leaves no timer behind', async () => {
    const { step } = startDeadline(undefined, 100, () => late);
    const waiting = rejection(sleepWithin(5000, step));
    expect(jest.getTimerCount()).toBe(2);
    jest.advanceTimersByTime(100);
    expect(await waiting).toBe(late);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('throwIfAborted throws the reason of an aborted signal alone', () => {
  throwIfAborted(undefined);
  throwIfAborted(new AbortController().signal);
  expect(() => {
    throwIfAborted(AbortSignal.abort(reason));
  }).toThrow(reason);
});

describe('withTimeout', () => {
  test('gives what the promise gives, and leaves no timer behind', async () => {
    expect(await withTimeout(Promise.resolve(5), 1000)).toBe(5);
    expect(await rejection(withTimeout(Promise.reject(reason), 1000))).toBe(reason);
    await Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('rejects when the time is up', async () => {
    const waiting = rejection(withTimeout(never(), 1500));
    jest.advanceTimersByTime(1500);
    expect(await waiting).toMatchObject({ name: 'TimeoutError', message: 'No answer within 1.5 s' });
  });
});
