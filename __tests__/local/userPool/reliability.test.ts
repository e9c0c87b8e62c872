import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

// The full figures, of 2,000 and 200 logins, are in docs/reliability.md.
it('takes every right password of many scripts, and no near miss', async () => {
  const script = join(process.cwd(), 'scripts', 'srp-reliability.mjs');
  const seed = String(Date.now() % 1_000_000);
  const { stdout } = await promisify(execFile)(process.execPath, [script, '40', '10', seed]);
  expect(stdout).toContain('right logins:  40, of which 40 succeeded');
  expect(stdout).toContain('wrong logins:  10, of which 10 were refused');
}, 300_000);
