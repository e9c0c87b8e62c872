/** A small run of scripts/socket-faults.mjs: everything that can go wrong with connections, at once. */
import { runSocketsUnderFaults } from '../support/socketRun';

it('under mixed faults every acknowledged message arrived once, in order, in its user’s name, and no socket hangs', async () => {
  const { deviations, faults, acknowledged, connections } = await runSocketsUnderFaults({ sockets: 20, seed: 7 });
  expect(deviations).toEqual([]);
  expect(acknowledged).toBeGreaterThanOrEqual(20);
  expect(connections).toBeGreaterThanOrEqual(20);
  expect(faults.size).toBeGreaterThan(4);
});
