// Sockets under mixed faults: connections refused, reset, silent, dead, closed by the API after its limits, credentials that expire or
// are forgotten, clocks an hour off. Two users by turns.
//
//   node scripts/socket-faults.mjs [sockets = 300] [seed = 1]
//
// Every message that was acknowledged must have arrived once, in order and in its user's name, none may arrive twice, and no socket
// may hang or end by itself. Any deviation is printed and makes the exit code 1. No build is needed.
import { importSource } from './importSource.mjs';

const [sockets = 300, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(sockets) || sockets < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('usage: node scripts/socket-faults.mjs [sockets] [seed]');
  process.exit(2);
}
const { runSocketsUnderFaults } = await importSource(
  `export { runSocketsUnderFaults } from './__tests__/support/socketRun.ts';`,
);
const { sent, acknowledged, arrived, connections, handOvers, faults, seconds, deviations } =
  await runSocketsUnderFaults({ sockets, seed });
console.log(`${sockets} sockets, seed ${seed}, ${seconds.toFixed(0)} s`);
console.log(`  connections: ${connections}, of which ${handOvers} took over from one that still worked`);
console.log(`  messages: ${sent} sent, ${arrived} arrived, ${acknowledged} acknowledged`);
console.log(`  faults: ${[...faults].map(([fault, count]) => `${count} ${fault}`).join(', ')}`);
console.log(`  deviations: ${deviations.length}`);
for (const line of deviations) console.error(`  ${line}`);
process.exitCode = deviations.length > 0 ? 1 : 0;
