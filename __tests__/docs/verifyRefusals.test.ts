/** docs/verify.md names each code with which verifyRequest refuses a request. */
import { readFileSync } from 'node:fs';
import { codesIn } from '../support/codes';

test('the table has the codes of the type, in its order', () => {
  const [, table = ''] = readFileSync('docs/verify.md', 'utf8').split('## Why a request is refused\n');
  const named = [...table.matchAll(/^\| `(\w+)` +\| \S/gm)].map(([, code]) => code);
  expect(named).toEqual(codesIn(readFileSync('src/verify/types.ts', 'utf8'), (type) => type === 'RefusalCode'));
});
