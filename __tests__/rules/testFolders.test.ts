/** Tests stand where what they test stands: `__tests__/` has the folders of `src/`, and few of its own. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What is tested beside `src/`; `rules` and `types` hold what is true of all of it. */
const BESIDE = ['recipes', 'copy-in', 'docs', 'rules', 'scripts', 'types'];

const root = process.cwd();
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
const nameOf = (path: string): string => basename(path).replace(/\..*/, '');
const roomOf = (path: string): string => path.replace(/\/.*/, '');

const sources = filesIn('src').filter((path) => path.endsWith('.ts'));
const tests = filesIn('__tests__').filter((path) => path.endsWith('.test.ts'));

test('each test stands in a folder of src, or in one of the few beside it', () => {
  expect(tests.length).toBeGreaterThan(200);
  const isAstray = (folder: string): boolean => !BESIDE.includes(folder) && !existsSync(join(root, 'src', folder));
  expect(tests.filter((path) => isAstray(dirname(path)))).toEqual([]);
});

test('a test that has the name of a source file of its room stands in that file’s folder', () => {
  const folders = (path: string): string[] =>
    sources.filter((source) => roomOf(source) === roomOf(path) && nameOf(source) === nameOf(path)).map(dirname);
  const isAstray = (path: string): boolean => folders(path).length > 0 && !folders(path).includes(dirname(path));
  expect(tests.filter(isAstray)).toEqual([]);
});
