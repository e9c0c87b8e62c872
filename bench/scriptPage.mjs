// A page in headless Chromium that runs one script.
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { launch } from '../__tests__/browser/chromium.mjs';

/**
 * Bundles a script, and opens a page that runs it.
 * @param input What esbuild is to bundle: `{ entryPoints }` or `{ stdin }`.
 * @param flags More flags of Chromium.
 * @returns The page, the browser's version, and `close`, which ends all of it.
 */
export async function openScriptPage(input, ...flags) {
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    format: 'esm',
    write: false,
    define: { global: 'globalThis' },
    logLevel: 'error',
  });
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? outputFiles[0].contents : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch(...flags);
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'commit' });

  async function close() {
    await browser.close();
    server.close();
  }
  return { page, version: browser.version(), close };
}
