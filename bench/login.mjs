// npm run bench:login: how long a login takes, side by side with amazon-cognito-identity-js, in Node and in headless Chromium.
//
// Once with a `fetch` that answers at once in the pool's place, which leaves the client's own work: the limit holds for that.
// Once against the local user pool, whose work and the way there are in both times. It is in a thread of its own.
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { measureLogins } from './logins.mjs';
import { openScriptPage } from './scriptPage.mjs';

const LIMIT = 1 / 4; // of the library's time
const account = { username: 'user@example.com', password: 'Passw0rd!' };

const code = `
  import { parentPort } from 'node:worker_threads';
  import { startLocalAws } from ${JSON.stringify(new URL('../dist/esm/local/index.js', import.meta.url).href)};
  const { config } = await startLocalAws({ userPool: { users: [${JSON.stringify(account)}] } });
  parentPort.postMessage(config);
`;
const pool = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
const config = await new Promise((resolve, reject) => pool.once('message', resolve).once('error', reject));

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[numbers.length >> 1];

function report(where, times, limit = Infinity) {
  const [ours, theirs] = Object.keys(times);
  const ratio = median(times[ours].map((time, round) => time / times[theirs][round]));
  const cells = [ours, theirs].map((name) => `${name} ${median(times[name]).toFixed(1)} ms`);
  console.log(`${where}: ${cells.join(', ')}; ours takes ${ratio.toFixed(2)} of its time`);
  if (ratio > limit) process.exitCode = 1;
}

console.log(`${os.cpus().length} × ${os.cpus()[0].model.trim()}; medians of 25 logins each, in turn; limit ${LIMIT}\n`);

const script = `
  import { measureLogins } from './logins.mjs';
  globalThis.measureLogins = measureLogins;
`;
const { page, version, close } = await openScriptPage({ stdin: { contents: script, resolveDir: import.meta.dirname } });
try {
  await page.waitForFunction(() => 'measureLogins' in globalThis);
  for (const atOnce of [true, false]) {
    const name = atOnce ? 'the client alone' : 'with the local user pool';
    const given = { ...account, config, atOnce };
    report(`${name}, Node ${process.version}`, await measureLogins(given), atOnce ? LIMIT : undefined);
    const inPage = await page.evaluate((those) => globalThis.measureLogins(those), given);
    report(`${name}, Chromium ${version}`, inPage, atOnce ? LIMIT : undefined);
  }
} finally {
  await close();
  await pool.terminate();
}
process.exit(); // connections that fetch keeps open would keep the process alive
