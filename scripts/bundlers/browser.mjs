// A page in headless Chromium, and everything that its console says.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../__tests__/browser/chromium.mjs';

const TIMEOUT = 60_000;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** Opens a page and waits until it prints its result, or complains. */
export async function visit(browser, url) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    return await readConsole(page, () => page.goto(url));
  } finally {
    await context.close();
  }
}

/** Loads an extension into a Chromium of its own and waits until its service worker prints its result, or complains. */
export async function visitExtension(folder) {
  const profile = mkdtempSync(join(tmpdir(), 'sigv4-client-profile-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: false, // Playwright's headless mode takes no extensions; Chromium's own does
    args: ['--headless=new', ...sandbox, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: TIMEOUT }));
    return await worker.evaluate(() => globalThis.result);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Gives what a page's console says, from `begin` on, until its result or its first error. */
async function readConsole(page, begin) {
  const lines = [];
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the page printed no result within ${TIMEOUT} ms`)), TIMEOUT);
    const add = (line, isLast) => {
      lines.push(line);
      if (!isLast) return;
      clearTimeout(timer);
      resolve();
    };
    page.on('pageerror', (error) => add(`uncaught ${error.message}`, true));
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'warning' || type === 'error') {
        // Chromium's own word for a refusal that the app asks for.
        if (!/^Failed to load resource: .* 40[13] /.test(message.text()))
          add(`${type}: ${message.text()}`, type === 'error');
      } else if (message.text().startsWith('RESULT')) add(message.text(), true);
    });
    begin().catch(reject);
  }).catch((error) => lines.push(error.message));
  return lines.join('\n');
}

/**
 * Serves a folder, with an empty page around `main.js` where it has no page of its own.
 * @param type Whether that is a `module` or a classic `script`.
 */
export async function serveFolder(folder, type) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://127.0.0.1').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (existsSync(file)) {
      return response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
    }
    if (path === '/') return response.writeHead(200, { 'content-type': TYPES['.html'] }).end(pageAround(type));
    response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pageAround(type) {
  const script = `<script ${type === 'module' ? 'type="module"' : 'defer'} src="/main.js"></script>`;
  return `<!doctype html><meta charset="utf-8"><title>app</title>${script}`;
}
