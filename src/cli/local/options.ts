/** The options of `sigv4-client local`, and how they are read. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LambdaFrontend, LocalAwsOptions } from '../../local/index.js';
import { isObject } from '../../util/index.js';
import type { OptionValues } from '../arguments.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';

export const LOCAL_OPTIONS = {
  port: { value: 'N', help: 'port of the API gateway; the pools take the next two; default 9400, 0: free ones' },
  target: { value: 'URL', help: "pass the API's requests on to this server; default: a small notes API" },
  lambda: {
    value: 'FILE[#EXPORT]',
    help: 'run this Lambda function behind the gateway, loaded again when it changes; default export handler',
  },
  frontend: { value: 'KIND', help: 'what stands there on AWS: rest, http or functionUrl; default rest' },
  stage: { value: 'NAME', help: 'first part of the paths; default dev, or $default of an HTTP API, which is in none' },
  'base-path': {
    value: 'PATH',
    help: "paths begin with it in the stage's place, as on a custom domain; /: with nothing",
  },
  'websocket-route': {
    value: 'KEY=FILE[#EXPORT]',
    multiple: true,
    help: 'start a WebSocket API as well, and run this Lambda function for a route: $connect, $default, or what messages name',
  },
  user: { value: 'NAME:PASSWORD', multiple: true, help: 'a user who can log in; default user@example.com:Passw0rd!' },
  config: { value: 'FILE', help: "options of startLocalAws, such as a policy: JSON, or a module's default export" },
  state: {
    value: 'FILE',
    help: 'users, sessions, passkeys and identities last in this file; it holds secrets of the local pools',
  },
  json: { help: 'print the configuration as JSON, on the first line' },
  env: { help: 'print the configuration as lines for an .env file, for Vite and Next.js' },
  'show-secrets': { help: 'do not hide passwords and tokens in what is printed' },
} as const;

export type LocalValues = OptionValues<typeof LOCAL_OPTIONS>;

/** The user where the options name none. The password is no secret: it is in the documentation. */
export const DEFAULT_USER = { username: 'user@example.com', password: 'Passw0rd!' };

/** The users that the options name. */
export function readUsers(
  given: readonly string[],
  terminal: Pick<Terminal, 'hide'>,
): { username: string; password: string }[] {
  return given.map((text) => {
    const colon = text.indexOf(':');
    if (colon < 1 || colon === text.length - 1) throw new UsageError('--user: expected NAME:PASSWORD');
    const user = { username: text.slice(0, colon), password: text.slice(colon + 1) };
    terminal.hide(user.password);
    return user;
  });
}

/** What stands in front of the backend, where it is stated. The gateway checks it. */
export function readFrontend({ frontend, stage, 'base-path': basePath }: LocalValues): LocalAwsOptions['apiGateway'] {
  return {
    ...(frontend === undefined ? {} : { frontend: frontend as LambdaFrontend }),
    ...(stage === undefined ? {} : { stage }),
    ...(basePath === undefined ? {} : { basePath }),
  };
}

/** Where the function of `--lambda` stands, as seen from where the command runs. What is there is checked by the gateway. */
export function readLambda(text: string, cwd: string): { readonly file: string; readonly exportName?: string } {
  const hash = text.lastIndexOf('#');
  if (hash < 0) return { file: resolve(cwd, text) };
  return { file: resolve(cwd, text.slice(0, hash)), exportName: text.slice(hash + 1) };
}

/** The routes of a WebSocket API, with their files as seen from where the command runs; `undefined` where none is asked for. */
export function readRoutes(given: readonly string[], cwd: string): Record<string, string> | undefined {
  if (given.length === 0) return undefined;
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1 || equals === text.length - 1)
        throw new UsageError('--websocket-route: expected KEY=FILE[#EXPORT]');
      return [text.slice(0, equals), resolve(cwd, text.slice(equals + 1))];
    }),
  );
}

/** The port of the gateway; `undefined` for free ones. */
export function readPort(text = '9400'): number | undefined {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_533)
    throw new UsageError(`--port: expected a number from 0 to 65533, got '${text}'`);
  return port === 0 ? undefined : port;
}

/**
 * The options of `startLocalAws` that a file holds. What they are is checked there.
 * @throws UsageError where the file cannot be read
 */
export async function readOptionsFile(file: string | undefined, cwd: string): Promise<LocalAwsOptions> {
  if (file === undefined) return {};
  const path = resolve(cwd, file);
  try {
    const isModule = ['.js', '.mjs', '.cjs'].includes(extname(path));
    const options = isModule
      ? ((await import(pathToFileURL(path).href)) as { default?: unknown }).default
      : (JSON.parse(await readFile(path, 'utf8')) as unknown);
    if (isObject(options)) return options;
  } catch (error) {
    throw new UsageError(`--config: ${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
  throw new UsageError(`--config: expected ${file} to hold the options of startLocalAws`);
}
