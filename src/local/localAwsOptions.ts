/** The options of a local AWS: those of each part under its name, and what concerns all of them at the top. */
import { knownOption, nearestName, unknownOption } from '../sigv4/index.js';
import { isObject } from '../util/index.js';
import { API_GATEWAY_OPTIONS } from './apiGateway/index.js';
import type { ApiGatewayOptions } from './apiGateway/index.js';
import { IDENTITY_POOL_OPTIONS } from './identityPool/index.js';
import type { IdentityPoolOptions } from './identityPool/index.js';
import { checkPort, optionError } from './options/index.js';
import { USER_POOL_OPTIONS } from './userPool/index.js';
import type { UserPoolOptions } from './userPool/index.js';
import { WEB_SOCKET_API_OPTIONS } from './webSocketApi/index.js';
import type { WebSocketApiOptions } from './webSocketApi/index.js';

/** What stands at the top, since it is the same for all parts. */
type Shared = 'region' | 'now' | 'onError';

/** What `startLocalAws` takes; all of it is optional. */
export interface LocalAwsOptions {
  /** The user pool: its users, ids, second factors, lifetimes … */
  readonly userPool?: Omit<UserPoolOptions, Shared> | undefined;
  /** The identity pool: guests, further providers, the lifetime of credentials … */
  readonly identityPool?: Omit<IdentityPoolOptions, Shared | 'store' | 'userPool'> | undefined;
  /** The API gateway, and the API behind it: `handler` or `target`, `policy`, `stage`, `cors` … */
  readonly apiGateway?: Omit<ApiGatewayOptions, Shared | 'store'> | undefined;
  /** A WebSocket API, which is only started where this is given: its `routes`, `policy`, `stage` … Needs the package `ws`. */
  readonly webSocketApi?: Omit<WebSocketApiOptions, Shared | 'store'> | undefined;
  /** The region of all parts. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The clock of all parts: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /**
   * The gateway's port; the user pool gets the next one, the identity pool the one after, the WebSocket API the one after that, unless they
   * have a `port` of their own. Where the user pool's port is given, the pools' ids are the same from start to start, so that an app's
   * configuration stays. Default: free ports and new ids.
   */
  readonly port?: number | undefined;
  /** Is told of faults inside the servers, and of what the handler threw: callers see a bare 502. Default `console.error`. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const SHARED: readonly string[] = ['region', 'now', 'onError'] satisfies Shared[];
const PARTS = {
  userPool: USER_POOL_OPTIONS.filter((name) => !SHARED.includes(name)),
  identityPool: IDENTITY_POOL_OPTIONS.filter((name) => ![...SHARED, 'store', 'userPool'].includes(name)),
  apiGateway: API_GATEWAY_OPTIONS.filter((name) => ![...SHARED, 'store'].includes(name)),
  webSocketApi: WEB_SOCKET_API_OPTIONS.filter((name) => ![...SHARED, 'store'].includes(name)),
} satisfies Record<string, readonly string[]>;
type Part = keyof typeof PARTS;
const PART_NAMES = Object.keys(PARTS) as Part[];
const TOP: readonly string[] = [...PART_NAMES, ...SHARED, 'port'];

/**
 * Checks where the options stand, and the ports. The values of the other options are checked by the parts.
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
  const { port, webSocketApi } = options;
  const highest = webSocketApi ? 65_532 : 65_533; // the others take the ports behind it
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= highest)) {
    throw optionError('port', `a whole number from 1 to ${highest}`, port);
  }
}

/** Refuses an option that is not known at this place, naming where it belongs, or the nearest that is known. */
function checkPlaces(options: unknown, known: readonly string[], part: string): void {
  if (!isObject(options)) throw optionError(part || 'options', 'an object', options);
  const name = unknownOption(options, known);
  if (name === undefined) return;
  const place = part === '' ? '' : `${part}.`;
  const nearest = nearestName(name, [...known, ...TOP, ...Object.values(PARTS).flat()]);
  if (nearest === undefined) throw optionError(place + name, knownOption(name, known, place), options[name]);
  const proper = known.includes(nearest) ? place + nearest : placeOf(nearest);
  throw optionError(place + name, `a known option, such as ${proper}`, options[name]);
}

/** Where a known option belongs: `userPool.users` of `users`. */
function placeOf(name: string): string {
  const part = PART_NAMES.find((one) => (PARTS[one] as readonly string[]).includes(name));
  return TOP.includes(name) || part === undefined ? name : `${part}.${name}`;
}
