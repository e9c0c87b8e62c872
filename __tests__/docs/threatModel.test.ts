/** The threat model of SECURITY.md names tests that there are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const [, model = ''] = /## Threat model\n([^]*?)\n## /.exec(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')) ?? [];
const rows = model.split('\n').filter((line) => line.startsWith('| ') && !/^\| (-|promised)/.test(line));

test.each(rows.map((row) => row.split('|').map((cell) => cell.trim())))('%s%s: %s', (_, _promise, by = '') => {
  const tests = [...by.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  expect(tests).not.toEqual([]);
  const missing = tests.filter(
    (name) => !existsSync(join(ROOT, name.endsWith('.mjs') ? name : `__tests__/${name}.test.ts`)),
  );
  expect(missing).toEqual([]);
});
