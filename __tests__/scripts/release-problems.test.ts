/** What keeps a release back is found: a package that is right but for one thing, in a folder of its own, packed by npm. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../support/temporaryFolder';

const SCRIPT = join(process.cwd(), 'scripts/release-problems.mjs');

interface Manifest extends Record<string, unknown> {
  version: string;
}

/** The files of a package that may be published as it is. */
function writePackage() {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const change = (name: string, edit: (text: string) => string) => {
    write(name, edit(readFileSync(join(folder, name), 'utf8')));
  };
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const address = 'https://github.com/owner/sigv4-client';
  const repository = { type: 'git', url: `git+${address}.git` };
  write('package.json', JSON.stringify({ ...manifest, homepage: address, repository, bugs: `${address}/issues` }));
  write('CHANGELOG.md', `# Changelog\n\n## [${manifest.version}] - 2026-12-01\n`);
  for (const name of ['dist/esm/sigv4/index.js', 'dist/esm/sigv4/index.d.ts', 'dist/cli.cjs', 'apig/package.json']) {
    write(name, '{}');
  }
  for (const name of ['jsr.json', 'LICENSE', 'README.md', 'copy-in', 'docs/signer.md']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  return { folder, change, write };
}

function findProblems(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): { status: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, folder], {
    encoding: 'utf8',
    env: { ...process.env, GITHUB_REF_TYPE: 'branch', ...env },
  });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}

test('a package that is whole has none', () => {
  const { folder } = writePackage();
  expect(findProblems(folder, { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0' })).toEqual({ status: 0, lines: [] });
});

const edit = (change: (manifest: Manifest) => object) => (text: string) =>
  JSON.stringify(change(JSON.parse(text) as Manifest));

test.each([
  [
    'a placeholder',
    'package.json',
    edit((manifest) => ({ ...manifest, homepage: 'https://sigv4-client.example' })),
    'package.json: homepage is a placeholder, https://sigv4-client.example',
  ],
  [
    'no repository',
    'package.json',
    edit(({ repository: _, ...manifest }) => manifest),
    'package.json: repository is missing',
  ],
  [
    'a changelog without the version',
    'CHANGELOG.md',
    (text: string) => text.replace('[1.0.0]', '[1.0.1]'),
    'CHANGELOG.md: no heading for 1.0.0',
  ],
  [
    'a version without a date',
    'CHANGELOG.md',
    (text: string) => text.replace(/ - 2026.*/, ' - not yet published'),
    "CHANGELOG.md: the heading of 1.0.0 has no date, such as ' - 2026-12-01', but ' - not yet published'",
  ],
  [
    'another version for JSR',
    'jsr.json',
    edit((jsr) => ({ ...jsr, version: '0.9.0' })),
    'jsr.json: version 0.9.0, and 1.0.0 in package.json',
  ],
  [
    'an entry that JSR lacks',
    'jsr.json',
    (text: string) => text.replace('    "./verify": "./src/verify/index.ts",\n', ''),
    "jsr.json: ./verify is undefined, and the source of npm's entry is ./src/verify/index.ts",
  ],
  [
    'a placeholder in the sources',
    'src/errors.ts',
    () => "const HELP = 'https://sigv4-client.example/e/';",
    'src/errors.ts: it has an address that is a placeholder',
  ],
  [
    'a file that does not belong there',
    'dist/esm/secrets.env',
    () => 'KEY=1',
    'The tarball has dist/esm/secrets.env, which is not on the list',
  ],
])('it names %s', (_, file, change, expected) => {
  const project = writePackage();
  if (!existsSync(join(project.folder, file))) project.write(file, '');
  project.change(file, change);
  expect(findProblems(project.folder)).toEqual({ status: 1, lines: [expected] });
});

test('it names a tag of another version', () => {
  const { folder } = writePackage();
  const { lines } = findProblems(folder, { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.1.0' });
  expect(lines).toEqual(['The tag is v1.1.0, and the version 1.0.0']);
});

test('this package is whole but for its addresses and its date, which wait for its publication', () => {
  const { lines } = findProblems('.');
  const waiting = /is a placeholder|^CHANGELOG\.md: the heading of 1\.0\.0 has no date/;
  expect(lines.filter((line) => !waiting.test(line))).toEqual([]);
});
