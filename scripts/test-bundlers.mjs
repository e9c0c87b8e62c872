// Packs the package and builds a small app from it with every bundler, and for every runtime, that people use; each app
// logs in to a local AWS, calls its API and signs, in Chromium or in its runtime. No warning may be printed, neither by
// the build nor by the app. Needs the build: `npm run test:bundlers` makes it first.
//
//   node scripts/test-bundlers.mjs [--quick | name …]
import { createServer } from 'node:net';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { EXPECTED } from './bundlers/app.mjs';
import { launch } from '../__tests__/browser/chromium.mjs';
import { serveFolder, visit, visitExtension } from './bundlers/browser.mjs';
import { cases } from './bundlers/cases/index.mjs';
import { commandFinder, openWorkspaces, run, start, writeFiles } from './bundlers/workspace.mjs';

const WARNING = /warn|deprecat|\(!\)|experimental/i;
const user = { username: 'user@example.com', password: 'Passw0rd!' };
const { startLocalAws } = await import(pathToFileURL(resolve('dist/esm/local/index.js')).href);
const startAws = () => startLocalAws({ userPool: { users: [user] }, webSocketApi: { stage: 'prod' } });

const names = process.argv.slice(2).filter((name) => name !== '--quick');
const quick = process.argv.includes('--quick');
const selected = cases.filter(({ name, quick: isQuick }) => {
  return names.length > 0 ? names.some((start) => name.startsWith(start)) : isQuick || !quick;
});
if (selected.length === 0) {
  console.error(`No such case. There are: ${cases.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const workspaces = openWorkspaces(selected.every((test) => test.quick));
let browser;
let passed = 0;
let failed = 0;
try {
  for (const test of selected) {
    const missing = [test.needs ?? []].flat().find((command) => !commandFinder(workspaces, test.workspace)(command));
    if (missing) {
      console.log(`absent  ${test.name.padEnd(28)}no build of ${missing} for this machine`);
      continue;
    }
    const started = performance.now();
    const problem = await runCase(test).catch((error) => error.message);
    const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (problem === undefined) passed++;
    else failed++;
    console.log(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${test.name.padEnd(28)}${seconds.padStart(8)}`);
    if (problem !== undefined) console.log(stripVTControlCharacters(problem).trim().replace(/^/gm, '        '));
  }
} finally {
  await browser?.close();
  workspaces.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Builds and runs; gives what is wrong, if anything. */
async function runCase(test) {
  const { tools, folder: parent } = workspaces.open(test.workspace);
  const folder = join(parent, test.name);
  mkdirSync(folder);
  const find = commandFinder(workspaces, test.workspace);
  const aws = await startAws();
  try {
    const port = await freePort();
    writeFiles(
      folder,
      test.files({ config: { aws: aws.config, webSocketUrl: aws.webSocketApi.url, ...user }, aws, port, tools }),
    );
    for (const command of test.build ?? []) {
      const output = await run(find, folder, command, test);
      if (WARNING.test(withoutKnown(output, test.known))) return `${command.join(' ')} warns:\n${output}`;
    }
    const { expected = EXPECTED } = test;
    const wrong = (await runApp(test, find, folder, port)).filter((output) => output.trim() !== expected);
    return wrong.length === 0 ? undefined : `expected: ${expected}\ngot: ${wrong.join('\n')}`;
  } finally {
    await aws.stop();
  }
}

/** Without what a tool says of itself, or of its own dependencies, in every app. */
function withoutKnown(output, known) {
  return known === undefined ? output : output.replace(known, '');
}

/** Gives what the app printed, line by line. */
async function runApp({ run: how, variables, known }, find, folder, port) {
  const { page, type, program, extension, server, open = [], ask = [] } = how;
  if (program) return [withoutKnown(await run(find, folder, program, { variables }), known)];
  if (extension) return [await visitExtension(join(folder, extension))];
  if (page) {
    const served = await serveFolder(join(folder, page), type);
    try {
      return [await openPage(served.url)];
    } finally {
      await served.stop();
    }
  }
  if (!server) return [];
  const url = `http://127.0.0.1:${port}`;
  const child = start(find, folder, server(String(port)), { variables });
  try {
    await waitFor(url, child);
    const outputs = [];
    for (const path of open) outputs.push(await openPage(url + path));
    for (const path of ask) outputs.push(await (await fetch(url + path)).text());
    return WARNING.test(withoutKnown(child.output, known)) ? [...outputs, child.output] : outputs;
  } finally {
    await child.stop();
  }
}

async function openPage(url) {
  browser ??= await launch();
  return visit(browser, url);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitFor(url, child) {
  let ended = false;
  void child.ended.then(() => (ended = true));
  for (const until = Date.now() + 60_000; Date.now() < until && !ended;) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The server does not answer:\n${child.output}`);
}
