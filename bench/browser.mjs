// npm run bench:browser: the same table in headless Chromium, and how long hashing 5 MB blocks the main thread.
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { launch } from '../__tests__/browser/chromium.mjs';
import { report } from './measure.mjs';

const { outputFiles } = await build({
  entryPoints: ['bench/page.mjs'],
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

const browser = await launch('--js-flags=--expose-gc');
try {
  const page = await browser.newPage();
  page.on('console', (message) => process.stderr.write(`${message.text()}\n`));
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'done' in globalThis, undefined, { timeout: 600_000 });
  const { results, blocked } = await page.evaluate(() => globalThis.done);
  console.log(
    `Chromium ${browser.version()}\n\nµs per signature, median (ratio to ours)\n\n${report(results, 'ours')}`,
  );
  console.log(
    `\nLongest block of the main thread while 5 MB are signed by createSignedFetch: ${Math.round(blocked)} ms`,
  );
} finally {
  await browser.close();
  server.close();
}
