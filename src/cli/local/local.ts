/** `sigv4-client local`: AWS on this machine, until it is stopped. */
import { resolve } from 'node:path';
import { loadHandler, startLocalAws } from '../../local/index.js';
import type { LocalAws, LocalWebSocketApi, LoggedRequest } from '../../local/index.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { errorText } from '../errorText.js';
import { EXIT } from '../exitCodes.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import { envLines } from './configuration.js';
import { optionErrorOf } from './optionErrors.js';
import {
  DEFAULT_USER,
  LOCAL_OPTIONS,
  readFrontend,
  readLambda,
  readOptionsFile,
  readPort,
  readRoutes,
  readUsers,
} from './options.js';
import type { LocalValues } from './options.js';
import { requestLine } from './requestLine.js';

/** The command `local`. */
export const localCommand: Command = {
  help: {
    usage: 'local [options]',
    summary:
      'Runs AWS on your own machine: a user pool, an identity pool and an API gateway that checks signatures, until Ctrl-C.\n' +
      'The ids and the ports are the same each time. Prints the configuration to paste, the codes that AWS would send, and a\n' +
      'line for each request: method, path, status, who called, and whether the gateway let it through or why not.\n' +
      'With --state, users, sessions and identities are there again after a restart; codes, credentials and notes are not.',
    options: LOCAL_OPTIONS,
    environment: {
      'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI, AWS_REGION, AWS_ACCESS_KEY_ID …':
        "what the functions of --websocket-route call @connections with; where not set, the local API's own",
    },
    examples: [
      'local --target http://127.0.0.1:3000',
      'local --lambda notes.mjs --frontend http',
      'local --json > aws.json',
      'local --state local-aws.state',
      'local --user user@example.com:Passw0rd!',
    ],
  },

  async run(args, terminal) {
    const { options: values } = readArguments(args, LOCAL_OPTIONS, 0);
    if (values['show-secrets']) terminal.showSecrets();
    if (values.json && values.env) throw new UsageError('--json, --env: expected one of them, got both');
    const stopped = untilStopped(terminal);
    const aws = await start(values, terminal);
    // Functions run in this process, and what they forgot to wait for must not end it.
    const off = terminal.onUncaught((error) => {
      terminal.note(`Uncaught: ${errorText(error)}`);
    });
    if (aws.webSocketApi) lendRole(aws.webSocketApi);
    print(aws, values, terminal);
    void tryFunction(values, terminal);
    await stopped;
    await aws.stop();
    off();
    if (!values.json && !values.env) terminal.print('Stopped.');
    return EXIT.done;
  },
};

/** Ends with the first SIGINT or SIGTERM; a second one ends the process whatever happens. */
function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const off = terminal.onStop(() => {
      off();
      resolve();
    });
  });
}

/**
 * On AWS a function finds the credentials of its role in the environment, and AWS's clients use them. Here these are the API's own,
 * for `@connections`, unless there are others.
 */
function lendRole(api: LocalWebSocketApi): void {
  const { env } = process; // functions run in this process
  const { endpoint, region, credentials } = api.managementApi();
  env.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI ??= endpoint;
  env.AWS_REGION ??= region;
  if (env.AWS_ACCESS_KEY_ID !== undefined || env.AWS_PROFILE !== undefined) return;
  env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  env.AWS_SESSION_TOKEN = credentials.sessionToken;
}

/** Loads the function of `--lambda`, and says at once what each call would fail with. */
async function tryFunction({ lambda }: LocalValues, { cwd, note }: Terminal): Promise<void> {
  if (lambda === undefined) return;
  const { file, exportName } = readLambda(lambda, cwd);
  try {
    await loadHandler(file, exportName);
  } catch (error) {
    note(`--lambda: ${errorText(error)}\nCalls fail until this is mended.`);
  }
}

async function start(values: LocalValues, terminal: Terminal): Promise<LocalAws> {
  const given = await readOptionsFile(values.config, terminal.cwd);
  const users = readUsers(values.user, terminal);
  const own = users.length > 0 ? users : (given.userPool?.users ?? [DEFAULT_USER]);
  const { target, lambda } = values;
  if (target !== undefined && lambda !== undefined) {
    throw new UsageError('--target, --lambda: expected one of them, got both');
  }
  const onRequest = (request: LoggedRequest): void => {
    terminal.note(requestLine(request, terminal.noteStyle));
  };
  const routes = readRoutes(values['websocket-route'], terminal.cwd);
  const socketOptions = routes ? { ...given.webSocketApi, routes } : given.webSocketApi;
  try {
    return await startLocalAws({
      ...given,
      userPool: {
        ...given.userPool,
        users: own,
        onCode: ({ purpose, destination, code }) => {
          terminal.note(`${purpose} code for ${destination}: ${code}`);
        },
      },
      apiGateway: {
        ...given.apiGateway,
        ...readFrontend(values),
        ...(target === undefined ? {} : { target }),
        ...(lambda === undefined ? {} : { lambda: readLambda(lambda, terminal.cwd) }),
        onRequest,
      },
      ...(socketOptions && { webSocketApi: { ...socketOptions, onRequest } }),
      port: readPort(values.port),
      ...(values.state === undefined ? {} : { state: resolve(terminal.cwd, values.state) }),
      onError: (error) => {
        terminal.note(errorText(error));
      },
    });
  } catch (error) {
    throw optionErrorOf(error, values);
  }
}

function print(aws: LocalAws, values: LocalValues, terminal: Terminal): void {
  const { config, apiGateway, userPool, identityPool, webSocketApi } = aws;
  if (values.json) {
    terminal.print(JSON.stringify(config));
    // The configuration is what `createApig` takes, which has no place for it.
    if (webSocketApi) terminal.note(`WebSocket API ${webSocketApi.url}`);
    tellBeside(values, terminal);
    return;
  }
  if (values.env) {
    terminal.print(envLines(aws));
    tellBeside(values, terminal);
    return;
  }
  terminal.print(`AWS on your own machine:

  API gateway    ${apiGateway.url}  (${backendText(values)})
  user pool      ${userPool.url}
  identity pool  ${identityPool.url}${webSocketApi ? `\n  WebSocket API  ${webSocketApi.url}` : ''}

${loginText(values)}

Configuration for createApig:

${JSON.stringify(config, null, 2)}

Ctrl-C stops it.
`);
}

/** Who can log in. */
function loginText({ user, config, state }: LocalValues): string {
  const names = user.map((one) => one.slice(0, one.indexOf(':'))).join(', ');
  const own = config === undefined ? `${DEFAULT_USER.username}, password ${DEFAULT_USER.password}` : 'as configured';
  const lasting = state === undefined ? '' : ` (who is in ${state} already keeps the password from there)`;
  return `Log in: ${names || own}${lasting}`;
}

/**
 * Where stdout is the configuration, most likely in a file, stderr has what else is to be known. Functions run in this process: what they
 * print would follow the configuration into its file.
 */
function tellBeside(values: LocalValues, terminal: Terminal): void {
  terminal.note(`${loginText(values)}. Ctrl-C stops it.`);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}

function backendText({ target, lambda }: LocalValues): string {
  if (target !== undefined) return `passes on to ${target}`;
  return lambda === undefined ? 'notes API: /notes' : `runs ${lambda}`;
}
