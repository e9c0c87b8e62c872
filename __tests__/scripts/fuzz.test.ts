/** The fuzzer runs, and has nothing to report in a few seconds with a seed of its own; `npm run test:fuzz` takes ten minutes. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const seed = Date.now() % 2 ** 31;

test(`seed ${seed}: nothing but errors of ours, nothing forged, no more than linear time`, async () => {
  const args = ['scripts/fuzz.mjs', '--minutes', '0.05', '--seed', String(seed)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const [, ...lines] = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(5);
  for (const line of lines) expect(line).toMatch(/^\w+: [1-9]\d* texts, nothing found$/);
});
