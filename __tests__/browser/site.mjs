// The site in Chromium: all of its kinds of pages, its search, its menu.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DIST, ROOT, visit } from './siteHarness.mjs';

/** A page of each kind. */
const PAGES = [
  'index.html',
  'guides/start.html',
  'guides/hosts.html',
  'e/',
  'e/WrongSecretKey/',
  'api/index.html',
  'api/sigv4-client/functions/explain.html',
  'api/sigv4-client/classes/SigV4Error.html',
  'reader.html',
  'workbench.html',
];

/** What axe finds that is serious or worse. */
async function seriousOf(page) {
  await page.evaluate(
    readFileSync(createRequire(join(ROOT, 'site/package.json')).resolve('axe-core/axe.min.js'), 'utf8'),
  );
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

for (const path of PAGES) {
  test(`${path}: axe finds nothing serious, in light and dark, wide and at 360 px, and nothing is wider than the page`, async () => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ]) {
      await visit(path, { colorScheme, viewport: { width, height: 740 } }, async (page) => {
        assert.deepEqual(await seriousOf(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      });
    }
  });
}

test('all pages carry the policy, and no address of theirs but links is absolute', () => {
  const pages = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith('.html'));
  assert.ok(pages.length > 250);
  for (const name of pages) {
    const html = readFileSync(join(DIST, name), 'utf8');
    assert.match(
      html,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none';[^"]*connect-src 'none'/,
      name,
    );
    assert.doesNotMatch(html, /(?:src|<link [^>]*href)="(?:\/|https?:)/, name);
  }
});

for (const [where, base] of [
  ['a server', ''],
  ['a folder', `${pathToFileURL(DIST).href}/`],
]) {
  test(`from ${where}: the search is used by keyboard alone, and finds a code by its words`, async () => {
    await visit(`${base}guides/start.html`, {}, async (page) => {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the text');
      await page.keyboard.press('/');
      await page.keyboard.type('wrong secret key');
      await page.locator('.search li').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'WrongSecretKey', level: 1 }).waitFor();
    });
  });
}

test('the menu opens at 360 px, and the theme stays as it was chosen', async () => {
  await visit('guides/apig.html', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }, async (page) => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'The signer' }).click();
    await page.getByRole('heading', { name: 'The signer', level: 1 }).waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), 'dark');
  });
});

test('llms.txt names each guide and each code', () => {
  const list = readFileSync(join(DIST, 'llms.txt'), 'utf8');
  for (const file of readdirSync(join(ROOT, 'docs/errors')))
    assert.ok(file === 'index.md' || list.includes(`/e/${file.replace('.md', '')}/`), file);
  for (const file of readdirSync(join(ROOT, 'docs')).filter((name) => statSync(join(ROOT, 'docs', name)).isFile()))
    assert.ok(list.includes(`/guides/${file.replace('.md', '.html')}`), file);
  assert.ok(readFileSync(join(DIST, 'llms-full.txt'), 'utf8').includes('# Why was I refused?'));
});
