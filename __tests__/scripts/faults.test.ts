/** A small run of scripts/faults.mjs: everything that can go wrong on the network, at once. */
import { createApig } from '../../src/apig/index';
import { runUnderFaults } from '../support/faultRun';

it('under mixed faults every call ends in its right result or a typed error', async () => {
  const { deviations, outcomes, faults, executed } = await runUnderFaults({ calls: 120, seed: 7, createApig });
  expect(deviations).toEqual([]);
  expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(120);
  expect(outcomes.get('right result')).toBeGreaterThan(30);
  expect(faults.size).toBeGreaterThan(10);
  expect(executed.get('POST')).toBeGreaterThan(0);
});
