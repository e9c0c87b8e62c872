// What the tests of the site stand on: the site, built once, and Chromium that shows it below a path of a server or from a folder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The built site. */
export const DIST = join(ROOT, 'site/dist');
const PREFIX = '/some/folder/';
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain',
};
/** Of what the reference is made from, nothing may have changed since: else it is made anew with the rest. */
function buildSite() {
  const isInstalled = existsSync(join(ROOT, 'site/node_modules')) && existsSync(join(ROOT, 'site/.api'));
  const [command, ...args] = isInstalled
    ? [process.execPath, 'site/build.mjs', '--keep-api']
    : ['npm', 'run', '--silent', 'site'];
  execFileSync(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What the server was asked for. */
export const requested = [];

async function start() {
  buildSite();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site.test');
    requested.push(pathname);
    const path = join(DIST, decodeURI(pathname).replace(PREFIX, '/'), pathname.endsWith('/') ? 'index.html' : '');
    if (!pathname.startsWith(PREFIX) || !existsSync(path)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(path)] }).end(readFileSync(path));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launch();
  const stop = async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
  };
  return { stop, browser, url: `http://127.0.0.1:${server.address().port}${PREFIX}` };
}

let started;
// Where it could not be started, the tests have said why: a hook that failed as well would leave other browsers open, and the run would hang.
after(async () => (await started?.catch(() => undefined))?.stop());

/** Runs with a page of its own, whose console must stay empty, and which asks its own folder alone. */
export async function visit(path, options, run) {
  const { browser, url } = await (started ??= start());
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const [said, foreign] = [[], []];
  const folder = path.startsWith('file:') ? pathToFileURL(DIST).href : url;
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => request.url().startsWith(folder) || foreign.push(request.url()));
  try {
    await page.goto(path.startsWith('file:') ? path : url + path);
    await run(page, said);
    assert.deepEqual(foreign, [], 'requests to elsewhere');
    assert.deepEqual(said, [], 'said in the console');
  } finally {
    await context.close();
  }
}
