// npm run bench:overhead: what a warm invokeApig adds of its own to a signed call over loopback, in µs. Needs the build.
//
// Single calls take turns, so that a busy machine slows all of them alike. The bare call is what an app without this
// library's chain would write: one client, signRequest, fetch, response.json().
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { newClient } from '../dist/esm/index.js';
import { createApig } from '../dist/esm/apig/index.js';
import { startLocalAws } from '../dist/esm/local/index.js';

const WARM_UP = 1000;
const BATCHES = 40;
const CALLS = 100; // of each kind in a batch
const LIMIT = 100; // µs

/** The API, on a thread of its own: its work is not part of what is measured. */
const API = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":1,"content":"Hello"}');
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
const api = new Worker(API, { eval: true });
const port = await new Promise((resolve) => api.once('message', resolve));
const url = `http://127.0.0.1:${port}/dev`;

const username = 'user@example.com';
const password = 'Passw0rd!';
const aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
const loggedIn = createApig({ ...aws.config, apiGateway: { ...aws.config.apiGateway, URL: url } });
await loggedIn.login(username, password);
const credentials = await loggedIn.getAwsCredentials();
const given = createApig(
  { apiGateway: { REGION: 'us-east-1', URL: url } },
  { credentials: () => ({ ...credentials, expiration: new Date(Date.now() + 3_600_000) }) },
);
const client = newClient({
  accessKey: credentials.accessKeyId,
  secretKey: credentials.secretAccessKey,
  sessionToken: credentials.sessionToken,
  region: 'us-east-1',
  endpoint: url,
});

async function bare(request) {
  const signed = client.signRequest(request);
  const response = await fetch(signed.url, signed);
  return response.json();
}

const requests = {
  GET: (i) => ({ method: 'GET', path: `/notes/${i}`, queryParams: { limit: 10 } }),
  'PUT 1 kB': (i) => ({ method: 'PUT', path: `/notes/${i}`, body: { content: 'x'.repeat(1000) } }),
};
const kinds = { bare, 'credentials given': given.invokeApig, 'a user who is logged in': loggedIn.invokeApig };

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, part) => sorted(numbers)[Math.floor(numbers.length * part)];
const median = (numbers) => quantile(numbers, 0.5);

async function timed(call, request) {
  const start = performance.now();
  await call(request);
  return (performance.now() - start) * 1000;
}

/** Times of each kind, batch by batch. */
async function measure(request) {
  const names = Object.keys(kinds);
  const batches = [];
  let n = 0;
  const turn = async (batch) => {
    n++;
    for (let k = 0; k < names.length; k++) {
      const name = names[(n + k) % names.length]; // each comes first equally often
      const time = await timed(kinds[name], request(n));
      batch?.[name].push(time);
    }
  };
  for (let i = 0; i < WARM_UP; i++) await turn();
  for (let b = 0; b < BATCHES; b++) {
    const batch = Object.fromEntries(names.map((name) => [name, []]));
    for (let i = 0; i < CALLS; i++) await turn(batch);
    batches.push(batch);
  }
  return batches;
}

const cells = (...values) => values.map((value) => String(value).padStart(12)).join('');
console.log(
  `Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0].model.trim()}; ${BATCHES * CALLS} calls each, in µs`,
);
console.log(`own: the median over ${BATCHES} batches of the difference of the batch's medians; at most ${LIMIT}\n`);
console.log(''.padEnd(34) + cells('median', 'p90', 'difference', 'own'));
for (const [title, request] of Object.entries(requests)) {
  const batches = await measure(request);
  const all = (name) => batches.flatMap((batch) => batch[name]);
  const base = median(all('bare'));
  for (const name of Object.keys(kinds)) {
    const middle = median(all(name));
    const own = median(batches.map((batch) => median(batch[name]) - median(batch.bare)));
    if (own > LIMIT) process.exitCode = 1;
    const difference = name === 'bare' ? ['', ''] : [(middle - base).toFixed(0), own.toFixed(0)];
    console.log(
      `${title}, ${name}`.padEnd(34) + cells(middle.toFixed(0), quantile(all(name), 0.9).toFixed(0), ...difference),
    );
  }
}

await aws.stop();
await api.terminate();
process.exit(); // connections that fetch keeps open would keep the process alive
