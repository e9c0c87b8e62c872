#!/usr/bin/env node
// What keeps the package in a folder from being published: placeholders, a changelog without this version, other files in the
// tarball than those that belong there. `node scripts/release-problems.mjs [FOLDER]` prints a line for each and ends with 1.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The files that belong in the tarball. */
const ALLOWED = [
  /^dist\/(?:esm|cjs)\/[\w/]+\.(?:js|d\.ts)(?:\.map)?$/,
  /^dist\/es2019\/[\w/]+\.js$/,
  /^dist\/(?:esm|cjs|es2019)\/package\.json$/,
  /^dist\/(?:cli\.cjs|cli\.licenses\.txt|sigv4-client\.iife\.js)$/,
  /^src\/[\w/]+\.ts$/,
  /^copy-in\/sigV4Client\.(?:js|ts)$/,
  /^docs\/[\w-]+(?:\/[\w-]+)?\.md$/,
  /^(?:package\.json|LICENSE|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md)$/,
];

/** Of the addresses that nobody has (RFC 2606). */
const PLACEHOLDER = /\.example(?![\w-])/;

function findPlaceholders({ homepage, repository, bugs }) {
  const addresses = { homepage, repository: repository?.url ?? repository, bugs: bugs?.url ?? bugs };
  return Object.entries(addresses).flatMap(([name, address]) => {
    if (typeof address !== 'string') return [`package.json: ${name} is missing`];
    return PLACEHOLDER.test(address) ? [`package.json: ${name} is a placeholder, ${address}`] : [];
  });
}

function findVersionProblems({ version }, changelog, jsr, tag) {
  const [, date] = changelog.match(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\](.*)$`, 'm')) ?? [];
  return [
    ...(date === undefined ? [`CHANGELOG.md: no heading for ${version}`] : []),
    ...(date !== undefined && !/^ - \d{4}-\d{2}-\d{2}$/.test(date)
      ? [`CHANGELOG.md: the heading of ${version} has no date, such as ' - 2026-12-01', but '${date}'`]
      : []),
    ...(jsr.version === version ? [] : [`jsr.json: version ${jsr.version}, and ${version} in package.json`]),
    ...(tag === undefined || tag === `v${version}` ? [] : [`The tag is ${tag}, and the version ${version}`]),
  ];
}

/** JSR's entries are the sources of npm's. */
function findEntryProblems({ exports }, jsr) {
  const entries = Object.entries(exports).filter(([, target]) => typeof target !== 'string');
  const expected = Object.fromEntries(
    entries.map(([name, target]) => [name, target.import.default.replace('./dist/esm', './src').replace(/js$/, 'ts')]),
  );
  const names = [...new Set([...Object.keys(expected), ...Object.keys(jsr.exports)])];
  return names
    .filter((name) => expected[name] !== jsr.exports[name])
    .map((name) => `jsr.json: ${name} is ${jsr.exports[name]}, and the source of npm's entry is ${expected[name]}`);
}

/** Addresses in the sources that lead nowhere, such as that of the errors' pages; `api.example.com` and its like are samples. */
function findPlaceholdersIn(folder, paths) {
  return paths
    .filter((path) => /^(?:src\/.*\.ts|docs\/.*\.md|README\.md)$/.test(path))
    .filter((path) => /https:\/\/[\w-]+\.example(?![\w.-])/.test(readFileSync(join(folder, path), 'utf8')))
    .map((path) => `${path}: it has an address that is a placeholder`);
}

function findFileProblems(folder, { exports }) {
  const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [{ files }] = JSON.parse(execFileSync('npm', pack, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }));
  // The folders for tools that know no `exports`, each a package.json of its own.
  const entryFolders = Object.keys(exports).map((entry) => `${entry.slice(2)}/package.json`);
  const belongs = (path) => ALLOWED.some((allowed) => allowed.test(path)) || entryFolders.includes(path);
  const paths = files.map(({ path }) => path);
  const others = paths.filter((path) => !belongs(path));
  return [
    ...others.map((path) => `The tarball has ${path}, which is not on the list`),
    ...findPlaceholdersIn(folder, paths),
  ];
}

/**
 * What keeps a package from being published.
 * @param folder Its folder, built.
 * @param tag The tag that is released, such as `v1.0.0`; none outside of a release.
 * @returns A line for each problem.
 */
export function findReleaseProblems(folder, tag) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const manifest = JSON.parse(read('package.json'));
  const jsr = JSON.parse(read('jsr.json'));
  return [
    ...findPlaceholders(manifest),
    ...findVersionProblems(manifest, read('CHANGELOG.md'), jsr, tag),
    ...findEntryProblems(manifest, jsr),
    ...findFileProblems(folder, manifest),
  ];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { GITHUB_REF_TYPE, GITHUB_REF_NAME } = process.env;
  const tag = GITHUB_REF_TYPE === 'tag' ? GITHUB_REF_NAME : undefined;
  const problems = findReleaseProblems(process.argv[2] ?? '.', tag);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
