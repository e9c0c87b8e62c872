#!/usr/bin/env node
// AWS on your own machine: starts a user pool, an identity pool and an API gateway, prints their configuration, and runs
// until Ctrl-C. Needs the build: `npm run local` makes it first.
import { parseArgs } from 'node:util';
import { startLocalAws } from '../dist/esm/local/index.js';

const USAGE = `Usage: npm run local -- [options]

  --port <number>          port of the API gateway; the pools take the next two (default 9400; 0: free ones)
  --target <url>           pass the API's requests on to this server (default: a small notes API)
  --user <name:password>   a user who can log in; may be repeated (default user@example.com:Passw0rd!)
  --help                   this text`;

const DEFAULT_USER = { username: 'user@example.com', password: 'Passw0rd!' };

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9400' },
      target: { type: 'string' },
      user: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (!/^\d{1,5}$/.test(values.port)) throw new Error(`--port: expected a number, got '${values.port}'`);
  const users = values.user?.map((text) => {
    const colon = text.indexOf(':');
    if (colon < 1 || colon === text.length - 1) throw new Error('--user: expected name:password');
    return { username: text.slice(0, colon), password: text.slice(colon + 1) };
  });
  return { help: values.help, port: Number(values.port), target: values.target, users };
}

async function main() {
  const { help, port, target, users } = readArguments();
  if (help) return console.log(USAGE);

  const aws = await startLocalAws({
    userPool: {
      users: users ?? [DEFAULT_USER],
      onCode: ({ purpose, destination, code }) => console.log(`${purpose} code for ${destination}: ${code}`),
    },
    apiGateway: { target },
    port: port === 0 ? undefined : port,
    onError: (error) => console.error(error),
  });

  // Before anything is printed: whoever reads the output may stop us at once.
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop); // a second Ctrl-C ends the process whatever happens
    aws.stop().then(() => console.log('Stopped.'), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  console.log(`AWS on your own machine:

  API gateway    ${aws.apiGateway.url}  (${target === undefined ? 'notes API: /notes' : `passes on to ${target}`})
  user pool      ${aws.userPool.url}
  identity pool  ${aws.identityPool.url}

Log in as ${users ? users.map(({ username }) => username).join(', ') : `${DEFAULT_USER.username}, password ${DEFAULT_USER.password}`}

Configuration for createApig:

${JSON.stringify(aws.config, null, 2)}

Ctrl-C stops it.`);
}

function fail(error) {
  if (error?.code === 'PortInUse') console.error(`${error.message} (--port; the pools take the two after it)`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch(fail);
