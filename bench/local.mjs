// npm run bench:local: how soon `sigv4-client local` is ready, and how many signed requests a second its gateway answers.
//
// The load comes from this process, the gateway has one of its own; each request is signed anew, and checked as all are. The handler
// is empty, so that what is measured is the way through the gateway.
import { spawn } from 'node:child_process';
import { Agent, request as send } from 'node:http';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { createApig } from 'sigv4-client/apig';
import { nodeHash } from 'sigv4-client/hash/node';
import { newClient } from 'sigv4-client';

const STARTS = 11;
const ROUNDS = 5;
const REQUESTS = 3000; // in each round
const AT_ONCE = 32;
const WANTED = { milliseconds: 1000, aSecond: 1000 };

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Starts a program, and gives it with the first line that it prints. */
async function start(...args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    child.once('error', reject).once('exit', (code) => reject(new Error(`exit code ${code}`)));
  });
  return { child, line };
}

function stop(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

async function startUp() {
  const started = performance.now();
  const { child } = await start(cli, 'local', '--json', '--port', '0');
  const milliseconds = performance.now() - started;
  await stop(child);
  return milliseconds;
}

const gateway = `
  import { startLocalAws } from ${JSON.stringify(new URL('../dist/esm/local/index.js', import.meta.url).href)};
  const { config } = await startLocalAws({
    userPool: { users: [{ username: 'user@example.com', password: 'Passw0rd!' }] },
    apiGateway: { handler: () => new Response() },
  });
  console.log(JSON.stringify(config));
`;

/** Sends a signed request, and fails for any answer but 200. */
function call(client, agent, { hostname, port }, n) {
  const { url, headers } = client.signRequest({ path: '/notes', queryParams: { n } });
  const { pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = send({ agent, hostname, port, path: pathname + search, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end();
  });
}

async function round(client, agent, url) {
  let next = 0;
  const work = async () => {
    while (next < REQUESTS) await call(client, agent, url, next++);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return (1000 * REQUESTS) / (performance.now() - started);
}

console.log(`${os.cpus().length} × ${os.cpus()[0].model.trim()}, Node ${process.version}\n`);

const starts = [];
for (let n = 0; n < STARTS; n++) starts.push(await startUp());
console.log(
  `start-up to ready, median of ${STARTS}: ${median(starts).toFixed(0)} ms (wanted: ${WANTED.milliseconds} at most)`,
);

const { child, line } = await start('--input-type=module', '-e', gateway);
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
try {
  const config = JSON.parse(line);
  const apig = createApig(config);
  await apig.login('user@example.com', 'Passw0rd!');
  const { REGION: region, URL: endpoint } = config.apiGateway;
  const client = newClient({ credentials: await apig.getAwsCredentials(), region, endpoint, hash: nodeHash });
  await round(client, agent, new URL(endpoint)); // to warm up
  const rates = [];
  for (let n = 0; n < ROUNDS; n++) rates.push(await round(client, agent, new URL(endpoint)));
  console.log(
    `signed requests a second, median of ${ROUNDS}: ${median(rates).toFixed(0)} (wanted: ${WANTED.aSecond} at least)`,
  );
  if (median(rates) < WANTED.aSecond || median(starts) > WANTED.milliseconds) process.exitCode = 1;
} finally {
  agent.destroy();
  await stop(child);
}
