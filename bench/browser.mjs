// npm run bench:browser: the same table in headless Chromium, and how long hashing 5 MB blocks the main thread.
import { report } from './measure.mjs';
import { openScriptPage } from './scriptPage.mjs';

const { page, version, close } = await openScriptPage({ entryPoints: ['bench/page.mjs'] }, '--js-flags=--expose-gc');
try {
  page.on('console', (message) => process.stderr.write(`${message.text()}\n`));
  await page.waitForFunction(() => 'done' in globalThis, undefined, { timeout: 600_000 });
  const { results, blocked } = await page.evaluate(() => globalThis.done);
  console.log(`Chromium ${version}\n\nµs per signature, median (ratio to ours)\n\n${report(results, 'ours')}`);
  console.log(
    `\nLongest block of the main thread while 5 MB are signed by createSignedFetch: ${Math.round(blocked)} ms`,
  );
} finally {
  await close();
}
