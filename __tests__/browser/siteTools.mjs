// The site's refusal reader in Chromium, against the local gateway, and what both tools may not do.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { newClient } from 'sigv4-client';
import { useGateway } from './siteGateway.mjs';
import { DIST, requested, visit } from './siteHarness.mjs';

const gateway = useGateway();

for (const path of ['reader.html', 'workbench.html']) {
  test(
    `${path} can connect to nothing: fetch, a socket, a beacon and a form are refused`,
    { timeout: 60_000 },
    async () => {
      await visit(path, {}, async (page, said) => {
        const before = requested.length;
        // The page itself waits: a predicate that Playwright asks again and again would have to be evaluated, which the policy forbids too.
        const refused = await page.evaluate(() => {
          const directives = [];
          const all = new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              directives.push(effectiveDirective);
              if (directives.length === 4) resolve(directives.sort());
            });
          });
          fetch('index.html').catch(() => {});
          new WebSocket(location.origin.replace('http', 'ws'));
          navigator.sendBeacon('index.html', 'x');
          const form = Object.assign(document.createElement('form'), { action: 'index.html' });
          document.body.append(form);
          form.submit();
          return all;
        });
        assert.deepEqual(refused, ['connect-src', 'connect-src', 'connect-src', 'form-action']);
        const asked = requested.slice(before).filter((asset) => !asset.endsWith('/icon.svg')); // the browser's own
        assert.deepEqual(asked, []);
        said.length = 0; // the browser says each refusal
      });
    },
  );
}

/** Signs, damages and sends; gives both sides as a developer has them at hand. */
async function refuse(damage) {
  const endpoint = gateway.url;
  const signed = newClient({ credentials: gateway.issue(), region: 'eu-west-1', endpoint }).signRequest({
    method: 'POST',
    path: '/notes',
    headers: { 'X-Customer': '7' },
    body: { content: 'Buy milk' },
  });
  const sent = damage(signed);
  const response = await fetch(sent.url, sent);
  return { signed, status: response.status, text: await response.text() };
}

test('the refusal reader marks the line that differs, and explains it', async () => {
  const { signed, text } = await refuse((it) => ({ ...it, headers: { ...it.headers, 'X-Customer': '8' } }));
  await visit('reader.html', {}, async (page) => {
    await page.getByLabel('The refusal', { exact: true }).fill(text);
    await page.getByRole('link', { name: 'SignatureMismatch' }).waitFor(); // of the answer alone it can say no more
    await page.getByLabel('The request that was signed').fill(JSON.stringify(signed));
    await page.getByRole('link', { name: 'HeaderChanged' }).waitFor();
    const [canonical, stringToSign] = await page
      .locator('table.lines')
      .evaluateAll((tables) =>
        tables.map((table) =>
          [...table.querySelectorAll('.lost, .came')].map((row) => [...row.cells].map((cell) => cell.textContent)),
        ),
      );
    assert.deepEqual(canonical, [
      ['−', 'x-customer:signed', '7'],
      ['+', 'x-customer:seen', '8'],
    ]);
    assert.deepEqual(
      stringToSign.map(([mark, name]) => mark + name),
      ['−hash of the canonical requestsigned', '+hash of the canonical requestseen'],
    );
    await page.getByRole('link', { name: 'HeaderChanged' }).click();
    await page.getByRole('heading', { name: 'HeaderChanged', level: 1 }).waitFor();
  });
});

test('the refusal reader says what it cannot read, and its examples are explained', async () => {
  await visit(pathToFileURL(join(DIST, 'reader.html')).href, {}, async (page) => {
    await page.getByLabel('The refusal', { exact: true }).fill('nothing of the kind');
    await page.locator('.problem').filter({ hasText: 'text: expected a HAR' }).waitFor();
    for (const [example, code] of [
      ['A header changed', 'HeaderChanged'],
      ['Wrong secret', 'WrongSecretKey'],
      ['Query and body rewritten', 'QueryChanged'],
    ]) {
      await page.getByRole('button', { name: example }).click();
      await page.getByRole('link', { name: code }).waitFor();
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await page.locator('#result').textContent(), '');
  });
});
