// `npm run example`: the app on Vite's development server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as h from './harness.mjs';

const SCRIPT = fileURLToPath(new URL('../../scripts/example.mjs', import.meta.url));

test('the production build gives no warning', async () => {
  assert.deepEqual((await h.shared()).remarks, []);
});

test('npm run example starts the app and its AWS, and Ctrl-C stops both', { timeout: 90_000 }, async () => {
  const env = { ...process.env };
  delete env.VITE_LOCAL_AWS;
  delete env.VITE_WEBSOCKET_URL;
  const child = spawn(process.execPath, [SCRIPT, '--port', '0'], { env });
  const exited = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const printed = async (pattern) => {
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found[1];
      if (child.exitCode !== null) assert.fail(`npm run example ended:\n${output}`);
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), exited]);
    }
  };
  let context;
  try {
    const url = await printed(/The notes app: {2}(\S+)/);
    context = await (await h.shared()).browser.newContext();
    context.setDefaultTimeout(30_000);
    const messages = h.watch(context);
    const page = await context.newPage();
    await page.goto(url);
    await h.button(page, 'Use mfa@example.com').click(); // one of the accounts that it shows
    await h.button(page, 'Log in').click();
    await h.field(page, 'Code').fill(await printed(/SMS_MFA code for \S+: (\d+)/));
    await h.button(page, 'Continue').click();
    await h.seeNotes(page);
    await h.addNote(page, 'In development');
    const tab = await context.newPage();
    await tab.goto(url);
    await h.see(tab.getByText('Live', { exact: true }));
    await h.addNote(page, 'At once');
    await h.see(h.note(tab, 'At once'));
    assert.deepEqual(messages, []);

    child.kill('SIGINT');
    assert.deepEqual(await exited, [0, null], output);
    assert.match(output, /Stopped\.\n$/);
    await assert.rejects(fetch(url));
  } finally {
    await context?.close();
    child.kill('SIGTERM'); // not harder: it has a process of its own to stop
    await exited;
  }
});
