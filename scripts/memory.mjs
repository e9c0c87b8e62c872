// npm run bench:memory: whether a million signatures leave the heap where it was, and what signing 5 MB allocates. Needs
// the build, and the flags that the npm script passes.
import os from 'node:os';
import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createSignedFetch, newClient } from '../dist/esm/index.js';
import { nodeHash } from '../dist/esm/hash/node.js';

const MB = 1e6;
const SIGNATURES = 1_000_000;
const WARM_UP = 50_000;
const STEP = 250_000;
const LIMIT = 1; // MB that the heap may grow by
const BODY = 5 * MB;
const FACTOR = 2.5; // times the body that signing it may allocate

const endpoint = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev';
const keys = (i) => ({
  accessKey: `ASIAEXAMPLE${i}`,
  secretKey: `wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY${i}`,
  sessionToken: `${i}`.repeat(1200),
});
const show = (bytes) => (bytes / MB).toFixed(2).padStart(7);

console.log(`Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0].model.trim()}`);

// ---- A million signatures ------------------------------------------------------------------------------------------

/** Different requests, a clock that moves through five days, new credentials all the time, clients both kept and made anew. */
async function endurance(name, hash) {
  let time = Date.UTC(2026, 0, 1);
  const now = () => (time += 432);
  const kept = Array.from({ length: 8 }, (_, i) => newClient({ ...keys(i), endpoint, hash, now }));
  const sign = (i) => {
    const client = i % 8 === 0 ? newClient({ ...keys(i % 1000), endpoint, hash, now }) : kept[i % 8];
    return client.signRequest({
      method: i % 2 === 0 ? 'GET' : 'PUT',
      path: `/notes/${i}`,
      queryParams: { limit: 10, cursor: `page-${i}` },
      headers: { 'x-note': `${i}` },
      body: { content: `note ${i}` },
    });
  };
  const used = async () => {
    await wait(10); // what is freed in a task of its own
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  for (let i = 0; i < WARM_UP; i++) sign(i);
  const before = await used();
  let highest = -Infinity;
  console.log(`\n${name}: MB of heap after gc\n${'after the warm-up'.padEnd(28)}${show(before)}`);
  for (let i = 1; i <= SIGNATURES; i++) {
    sign(WARM_UP + i);
    if (i % STEP > 0) continue;
    const after = await used();
    highest = Math.max(highest, after - before);
    console.log(`${`after ${i.toLocaleString('en')} more`.padEnd(28)}${show(after)}${show(after - before)}`);
  }
  if (highest > LIMIT * MB) fail(`grew by more than ${LIMIT} MB`);
}

// ---- What signing 5 MB allocates -----------------------------------------------------------------------------------

let collections = 0;
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] });
const settle = () => wait(20); // for the observer to be told

/**
 * All that a call allocates, in bytes: heap and what it holds outside (ArrayBuffers), before and after, as long as no
 * garbage was collected in between. The large semi-space of the npm script sees to that; runs in which it failed are
 * left out.
 */
async function allocated(work) {
  const total = () => {
    const { heapUsed, external } = process.memoryUsage(); // arrayBuffers is a part of external
    return heapUsed + external;
  };
  const runs = [];
  for (let tries = 0; runs.length < 5 && tries < 50; tries++) {
    for (let i = 0; i < 2; i++) {
      globalThis.gc(); // the second one books what the first one has freed beside the main thread
      await settle();
    }
    collections = 0;
    const before = total();
    const result = work();
    if (result instanceof Promise) await result;
    const bytes = total() - before;
    await settle();
    if (collections === 0) runs.push(bytes);
  }
  if (runs.length === 0) throw new Error('Garbage was collected in each run: is --min-semi-space-size set?');
  return Math.max(...runs);
}

async function largeBody() {
  const config = { ...keys(1), endpoint };
  const { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken } = config;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const signedFetch = createSignedFetch({ credentials, fetch: () => Promise.resolve(new Response()) });
  const clients = { 'default engine': newClient(config), nodeHash: newClient({ ...config, hash: nodeHash }) };
  // One byte for each character in the heap and in UTF-8, which makes a copy of the text as small as it can be.
  const bodies = { text: 'x'.repeat(BODY), bytes: new Uint8Array(BODY).fill(120) };
  console.log(`\nWhat signing ${BODY.toLocaleString('en')} bytes allocates, in MB, and that by the body's size`);

  async function row(name, work, native = 0) {
    const bytes = (await allocated(work)) + native;
    const times = bytes / BODY;
    console.log(`${name.padEnd(34)}${show(bytes)}${times.toFixed(2).padStart(7)}`);
    if (times > FACTOR) fail(`more than ${FACTOR} times the body`);
  }

  const control = (await allocated(() => void bodies.bytes.slice())) / BODY;
  if (Math.abs(control - 1) > 0.1) throw new Error(`A plain copy of the body is measured as ${control} bodies`);

  for (const [kind, body] of Object.entries(bodies)) {
    for (const [name, client] of Object.entries(clients)) {
      const sign = () => client.signRequest({ method: 'POST', path: '/notes', body });
      for (let i = 0; i < 5; i++) sign();
      // node:crypto makes bytes of text outside of V8.
      await row(`signRequest, ${kind}, ${name}`, sign, kind === 'text' && name === 'nodeHash' ? BODY : 0);
    }
    const send = () => signedFetch(`${endpoint}/notes`, { method: 'POST', body });
    for (let i = 0; i < 5; i++) await send();
    // WebCrypto digests a copy of its own, which V8 knows nothing of.
    await row(`createSignedFetch, ${kind}`, send, BODY);
  }
}

function fail(why) {
  console.log(`  FAILED: ${why}`);
  process.exitCode = 1;
}

await largeBody();
await endurance('default engine', undefined);
await endurance('nodeHash', nodeHash);
