// A page in headless Chromium, and everything that its console says.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TIMEOUT = 60_000;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** Opens a page and waits until it prints its result, or complains. */
export async function visit(browser, url) {
  const context = await browser.newContext();
  const lines = [];
  try {
    const page = await context.newPage();
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${url} printed no result within ${TIMEOUT} ms`)), TIMEOUT);
      const add = (line, isLast) => {
        lines.push(line);
        if (!isLast) return;
        clearTimeout(timer);
        resolve();
      };
      page.on('pageerror', (error) => add(`uncaught ${error.message}`, true));
      page.on('console', (message) => {
        const type = message.type();
        if (type === 'warning' || type === 'error') add(`${type}: ${message.text()}`, type === 'error');
        else if (message.text().startsWith('RESULT')) add(message.text(), true);
      });
      page.goto(url).catch(reject);
    }).catch((error) => lines.push(error.message));
    return lines.join('\n');
  } finally {
    await context.close();
  }
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
