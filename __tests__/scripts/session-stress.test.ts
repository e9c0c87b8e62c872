/** A small part of scripts/session-stress.mjs: three instances on one storage, while users come and go. */
import { createApig } from '../../src/apig/index';
import { runManySessions } from '../support/sessionRun';

it.each([3, 5])('no body arrives under another name than the one it is meant for, seed %i', async (seed) => {
  const createApigs = [createApig, createApig, createApig];
  const { deviations, arrived, outcomes } = await runManySessions({ calls: 60, seed, createApigs });
  expect(deviations).toEqual([]);
  const calls = [...outcomes].filter(([what]) => what.startsWith('with'));
  expect(calls.reduce((sum, [, count]) => sum + count, 0)).toBe(60);
  expect(arrived).toBeGreaterThan(0);
});
