/** The options of a local AWS: those of each part under its name, and those for all parts beside them. */
import { nearestName, unknownOption } from '../sigv4/index.js';
import { checkOptions, isObject } from '../util/index.js';
import { API_GATEWAY_OPTIONS } from './apiGateway/index.js';
import type { ApiGatewayOptions } from './apiGateway/index.js';
import { IDENTITY_POOL_OPTIONS } from './identityPool/index.js';
import type { IdentityPoolOptions } from './identityPool/index.js';
import type { LambdaOption } from './lambda/index.js';
import { checkPort, optionError } from './options/index.js';
import { USER_POOL_OPTIONS } from './userPool/index.js';
import type { UserPoolOptions } from './userPool/index.js';
import { WEB_SOCKET_API_OPTIONS } from './webSocketApi/index.js';
import type { WebSocketApiOptions } from './webSocketApi/index.js';

/** The options that are the same for all parts. */
type Shared = 'region' | 'now' | 'onError';

/** The options of the gateway, and of the function behind it. */
export interface LocalApiOptions extends Omit<ApiGatewayOptions, Shared | 'store'> {
  /**
   * The API: a Lambda function as it is deployed. The function itself; its file, `src/notes.mjs` or `src/notes.mjs#main` for another
   * export than `handler`, which is loaded anew when it changes; or options of `lambdaHandler`, such as
   * `{ file: 'src/notes.mjs', frontend: 'http' }`.
   */
  readonly lambda?: LambdaOption | undefined;
}

/** Options of `startLocalAws`. */
export interface LocalAwsOptions {
  /** Options of the user pool: users, ids, second factors, lifetimes … Default: no users. */
  readonly userPool?: Omit<UserPoolOptions, Shared> | undefined;
  /** Options of the identity pool: guests, further providers, the lifetime of credentials … Default: no guests. */
  readonly identityPool?: Omit<IdentityPoolOptions, Shared | 'store' | 'userPool'> | undefined;
  /** Options of the API gateway, and the API behind it: `lambda`, `handler` or `target`, `policy`, `stage` … Default: a notes API. */
  readonly apiGateway?: LocalApiOptions | undefined;
  /** A WebSocket API, which is only started where this is given: its `routes`, `policy`, `stage` … Needs the package `ws`. */
  readonly webSocketApi?: Omit<WebSocketApiOptions, Shared | 'store'> | undefined;
  /** The region of all parts. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The clock of all parts: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /**
   * The gateway's port. The user pool gets the next one, the identity pool the one after, the WebSocket API the one after that, unless
   * they have a `port` of their own. With a port for the user pool, the pools have the same ids at each start, so that an app's
   * configuration stays right. Default: free ports and new ids.
   */
  readonly port?: number | undefined;
  /**
   * The path of a file that keeps users, sessions, passkeys, groups and identities over restarts, with the pools' ids. It is made where
   * it is missing, and written when something changes and in the end. It holds secrets of the local pools: passwords' verifiers, refresh
   * tokens, the signing key; only its owner may read it. Default: everything is kept in memory.
   */
  readonly state?: string | undefined;
  /** Called with errors inside the servers, and with what the handler threw; callers see a bare 502. Default `console.error`. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The names of the options that are the same for all parts. */
export const SHARED: readonly string[] = ['region', 'now', 'onError'] satisfies Shared[];
const PARTS = {
  userPool: USER_POOL_OPTIONS.filter((name) => !SHARED.includes(name)),
  identityPool: IDENTITY_POOL_OPTIONS.filter((name) => ![...SHARED, 'store', 'userPool'].includes(name)),
  apiGateway: [...API_GATEWAY_OPTIONS.filter((name) => ![...SHARED, 'store'].includes(name)), 'lambda'],
  webSocketApi: WEB_SOCKET_API_OPTIONS.filter((name) => ![...SHARED, 'store'].includes(name)),
} satisfies Record<string, readonly string[]>;
/** The name of a part. */
export type Part = keyof typeof PARTS;
const PART_NAMES = Object.keys(PARTS) as Part[];
const TOP: readonly string[] = [...PART_NAMES, ...SHARED, 'port', 'state'];

/**
 * Checks that each option is in its place, and the ports. The parts check the values of the other options.
 * @throws LocalAwsError `InvalidOption`
 */
export function checkLocalAwsOptions(options: LocalAwsOptions): void {
  checkPlaces(options, TOP, '');
  for (const part of PART_NAMES) {
    const given = options[part];
    if (given === undefined) continue;
    checkPlaces(given, PARTS[part], part);
    checkPort(given.port, `${part}.port`);
  }
  const { port, state, webSocketApi } = options;
  if (state !== undefined && (typeof state !== 'string' || state === ''))
    throw optionError('state', "a file's path", state);
  const highest = webSocketApi ? 65_532 : 65_533; // the others take the ports behind it
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= highest)) {
    throw optionError('port', `a whole number from 1 to ${highest}`, port);
  }
}

/** How far a part's port lies behind the gateway's. */
const PORT_OFFSETS: Readonly<Record<Part, number>> = { apiGateway: 0, userPool: 1, identityPool: 2, webSocketApi: 3 };

/** The port of a part: its own, or one counted from the gateway's; `undefined` for any free one. */
export function portOf(options: LocalAwsOptions, part: Part): number | undefined {
  return options[part]?.port ?? (options.port === undefined ? undefined : options.port + PORT_OFFSETS[part]);
}

/** Refuses an option that is not known at its place. The error names the place where it belongs, or the most similar option. */
function checkPlaces(options: unknown, known: readonly string[], part: string): void {
  const name = isObject(options) ? unknownOption(options, known) : undefined;
  const nearest = name && nearestName(name, [...known, ...TOP, ...Object.values(PARTS).flat()]);
  if (!nearest || known.includes(nearest)) {
    checkOptions(options, known, optionError, part);
    return;
  }
  const option = part ? `${part}.${name}` : name;
  throw optionError(option, `a known option, such as ${placeOf(nearest)}`, Reflect.get(Object(options), name));
}

/** The full name of a known option, such as `userPool.users` for `users`. */
function placeOf(name: string): string {
  const part = PART_NAMES.find((one) => (PARTS[one] as readonly string[]).includes(name));
  return TOP.includes(name) || part === undefined ? name : `${part}.${name}`;
}
