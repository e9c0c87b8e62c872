#!/usr/bin/env node
// The notes app in examples/notes-app, with AWS on this machine behind it: installs it where needed, starts both, prints
// the address, and runs until Ctrl-C. Needs the build: `npm run example` makes it first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { APP, installApp } from '../examples/notes-app/local/install.mjs';

const USAGE = `Usage: npm run example -- [options]

  --port <number>       port of the app (default 5173; 0: a free one)
  --aws-port <number>   port of the local API gateway; the pools and the WebSocket API take the next three (default 0: free ones)
  --help                this text`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5173' },
      'aws-port': { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  for (const name of ['port', 'aws-port']) {
    if (!/^\d{1,5}$/.test(values[name])) throw new Error(`--${name}: expected a number, got '${values[name]}'`);
  }
  return { help: values.help, port: Number(values.port), awsPort: Number(values['aws-port']) };
}

/**
 * `sigv4-client local` in the app's folder, as anybody would run it: its configuration stands on the first line that it prints, and the
 * WebSocket API's address in a note.
 */
async function startAws(port) {
  const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
  const command = [cli, 'local', '--config', 'local/aws.json', '--port', String(port), '--json'];
  // Ctrl-C reaches it as well: then it has stopped by itself.
  const child = spawn(process.execPath, command, { cwd: APP, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.pipe(process.stderr);
  const ended = once(child, 'exit');
  const told = Promise.all([
    once(createInterface({ input: child.stdout }), 'line'),
    printed(child.stderr, /^WebSocket API (ws:\S+)\n/m),
  ]);
  const [[line], webSocketUrl] = await Promise.race([
    told,
    ended.then(() => Promise.reject(new Error('The local AWS did not start.'))),
  ]);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { config: JSON.parse(line), webSocketUrl, stop };
}

/** What a pattern finds in what is printed, of which nothing is taken from other readers. */
function printed(stream, pattern) {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8').on('data', function look(chunk) {
      text += chunk;
      const found = pattern.exec(text);
      if (!found) return;
      stream.off('data', look);
      resolve(found[1]);
    });
  });
}

async function startApp(port, { config, webSocketUrl }, users) {
  const require = createRequire(`${APP}package.json`);
  const { createServer } = await import(pathToFileURL(require.resolve('vite')).href);
  // Read by src/apig.ts.
  process.env.VITE_LOCAL_AWS = JSON.stringify(config);
  process.env.VITE_WEBSOCKET_URL = webSocketUrl;
  process.env.VITE_LOCAL_ACCOUNTS = JSON.stringify(users.map(({ username, password }) => ({ username, password })));
  const app = await createServer({
    root: APP,
    server: { port, host: 'localhost' }, // a passkey is for a name, and not for an address
    logLevel: 'warn',
    optimizeDeps: { force: true }, // the package may have been built anew, which Vite does not look at
  });
  return app.listen();
}

async function main() {
  const { help, port, awsPort } = readArguments();
  if (help) return console.log(USAGE);
  installApp();
  const { users } = JSON.parse(readFileSync(`${APP}local/aws.json`, 'utf8')).userPool;

  const aws = await startAws(awsPort);
  const app = await startApp(port, aws, users).catch(async (error) => {
    await aws.stop();
    throw error;
  });

  // Before anything is printed: whoever reads the output may stop us at once.
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop); // a second Ctrl-C ends the process whatever happens
    Promise.all([app.close(), aws.stop()]).then(() => console.log('Stopped.'), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  console.log(`The notes app:  ${app.resolvedUrls.local[0]}

Log in as one of these, password ${users[0].password}, or sign up with any e-mail address:
  ${users[0].username}
  ${users[1].username}   is asked for a code as well
  ${users[2].username}   has to choose a new password

Nothing is sent: codes appear here. Ctrl-C stops everything.
`);
}

function fail(error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch(fail);
