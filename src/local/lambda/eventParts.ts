/** The parts that events of all kinds have in common. */
import { randomBytes } from 'node:crypto';
import { MONTHS } from '../../util/index.js';
import type { ApiCaller, ApiContext } from '../apiGateway/index.js';
import type { MatchedRoute } from './routes.js';
import type { TextMap } from './types.js';

/** The values that an event is made of. */
export interface EventInput {
  /** The request as the API gets it: without the stage and the signature. */
  readonly request: Request;
  /** The body of the request. */
  readonly body: Uint8Array;
  readonly caller: ApiCaller;
  readonly context: ApiContext;
  readonly route: MatchedRoute;
  /** The variables of the stage; `undefined` where there are none. */
  readonly stageVariables: TextMap | undefined;
}

/** The values of one name, in order. */
export interface Values {
  /** The name as it was spelled first. */
  readonly name: string;
  readonly values: string[];
}

/** The caller's address. Default: the address that the local gateway listens on. */
export const sourceIpOf = ({ sourceIp = '127.0.0.1' }: Pick<ApiContext, 'sourceIp'>): string => sourceIp;

/** The only protocol that the local gateway speaks. */
export const PROTOCOL = 'HTTP/1.1';

/** Groups values by their names, in order. Names for which `sameName` gives the same text count as one. */
export function groupValues(pairs: Iterable<readonly [string, string]>, sameName = (name: string): string => name) {
  const groups = new Map<string, Values>();
  for (const [name, value] of pairs) {
    const key = sameName(name);
    const known = groups.get(key);
    if (known) known.values.push(value);
    else groups.set(key, { name, values: [value] });
  }
  return [...groups.values()];
}

/**
 * The headers that a function is told: those of the request, without its length and with what AWS adds.
 * @returns Each line, its name in the sender's case.
 */
export function headerLines({ request, context }: Pick<EventInput, 'request' | 'context'>): [string, string][] {
  const { protocol, port } = new URL(request.url);
  const trace = `Root=1-${Math.floor(context.time.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  const isSecure = protocol === 'https:';
  return [
    ...context.rawHeaders
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([k, v]): [string, string] => [k, v]),
    ['X-Amzn-Trace-Id', trace],
    ['X-Forwarded-For', sourceIpOf(context)],
    ['X-Forwarded-Port', port || (isSecure ? '443' : '80')],
    ['X-Forwarded-Proto', isSecure ? 'https' : 'http'],
  ];
}

/** The query's parameters, decoded; `+` is a space. */
export const queryValues = ({ request }: Pick<EventInput, 'request'>): Values[] =>
  groupValues(new URL(request.url).searchParams);

/** The last value of each name. */
export const lastOf = (groups: readonly Values[]): TextMap =>
  Object.fromEntries(groups.map(({ name, values }) => [name, values.at(-1)!]));

/** All values of each name. */
export const allOf = (groups: readonly Values[]): Record<string, string[]> =>
  Object.fromEntries(groups.map(({ name, values }) => [name, values]));

/** The path with its stage; `$default` stands in no path. */
export const pathWithStage = (path: string, stage: string): string =>
  stage === '$default' ? path : `/${stage}${path}`;

/** The path as the client has it, as `$context.path` says it: with the stage, or the base path of a custom domain. */
export const clientPath = (path: string, { stage, basePath }: ApiContext): string =>
  basePath === undefined ? pathWithStage(path, stage) : basePath + path;

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A time as Apache's log has it: `12/Mar/2020:19:03:58 +0000`. */
export function logTime(time: Date): string {
  const date = [twoDigits(time.getUTCDate()), MONTHS[time.getUTCMonth()], time.getUTCFullYear()].join('/');
  return `${date}:${time.toISOString().slice(11, 19)} +0000`;
}
