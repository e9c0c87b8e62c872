import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

// A hundredth of what docs/reliability.md gives the figures of: node scripts/srp-reliability.mjs 2000 200
const [right, wrong] = [20, 2];
const seed = Date.now() % 1_000_000;

// The seed stands in the name, and so where a failure is shown: with it the script makes the same passwords again.
it(`takes every right password of many scripts, and no near miss: seed ${seed}`, async () => {
  const script = join(process.cwd(), 'scripts', 'srp-reliability.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...[right, wrong, seed].map(String)]);
  // By our own client, and by amazon-cognito-identity-js.
  expect(stdout.split(`right logins:  ${right}, of which ${right} succeeded`)).toHaveLength(3);
  expect(stdout.split(`wrong logins:  ${wrong}, of which ${wrong} were refused`)).toHaveLength(3);
  expect(stdout).toContain(`proofs for the same random numbers: ${right}, of which ${right} are`);
});
