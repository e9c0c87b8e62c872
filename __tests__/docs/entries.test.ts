/** The README's reference names every entry of the package. */
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object };
const entries = Object.keys(manifest.exports)
  .filter((name) => !name.endsWith('.json'))
  .map((name) => name.replace('.', 'sigv4-client'));
const rows = readFileSync('README.md', 'utf8')
  .split('\n')
  .map((line) => /^\| `([^`]+)` +\|/.exec(line)?.[1]);

test.each(entries)('%s', (entry) => {
  expect(rows).toContain(entry);
});
