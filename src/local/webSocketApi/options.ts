/** The options of a local WebSocket API, and their checks. */
import { checkOptions, MAX_TIMER } from '../../util/index.js';
import type { LoggedRequest } from '../apiGateway/index.js';
import type { CredentialStore } from '../credentials/index.js';
import type { Policy } from '../iam/index.js';
import { checkPort, optionError } from '../options/index.js';
import type { Routes } from './routes.js';

/** Options of `startWebSocketApi`; all but `store` are optional. */
export interface WebSocketApiOptions {
  /** The credentials that callers may sign with: the store that the identity pool issues into. */
  readonly store: CredentialStore;
  /**
   * The Lambda functions behind the API by route key: `$connect`, `$disconnect`, `$default`, and what messages name. Default:
   * each message is answered with itself.
   */
  readonly routes?: Routes | undefined;
  /** The route selection expression: which member of a message names its route. Default `$request.body.action`. */
  readonly routeSelectionExpression?: string | undefined;
  /**
   * What users may do: `execute-api:Invoke` on `$connect`, and `execute-api:ManageConnections` on `POST/@connections/*` and its
   * like. Default: to connect, and no more.
   */
  readonly policy?: Policy | undefined;
  /** The region that requests must be signed for. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The stage, which is the path of the URL. Default `dev`. */
  readonly stage?: string | undefined;
  /** The port to listen on. Default 0: any free one. */
  readonly port?: number | undefined;
  /** The clock for signatures and expiry: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /** Milliseconds after which a connection is closed on which nothing came or went. Default 600,000: ten minutes. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds after which a connection is closed in any case. Default 7,200,000: two hours. */
  readonly maxDuration?: number | undefined;
  /** Milliseconds that a function may take. Default 29,000. */
  readonly timeout?: number | undefined;
  /** Called with each request to connect and each call of `@connections`, once it was answered. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  /** Called with what a function threw; its client only sees that there was an error. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The names of the options of {@link WebSocketApiOptions}. */
export const WEB_SOCKET_API_OPTIONS = [
  'store',
  'routes',
  'routeSelectionExpression',
  'policy',
  'region',
  'stage',
  'port',
  'now',
  'idleTimeout',
  'maxDuration',
  'timeout',
  'onRequest',
  'onError',
] as const satisfies readonly (keyof WebSocketApiOptions)[];

/**
 * Checks the options before anything is started, all but the policy and the routes.
 * @throws LocalAwsError `InvalidOption`
 */
export function checkWebSocketOptions(options: WebSocketApiOptions): void {
  checkOptions(options, WEB_SOCKET_API_OPTIONS, optionError);
  checkPort(options.port);
  const { region, stage, idleTimeout, maxDuration, timeout, onRequest, onError } = options;
  for (const [name, given] of Object.entries({ onRequest, onError })) {
    if (given !== undefined && typeof given !== 'function') throw optionError(name, 'a function', given);
  }
  if (region !== undefined && !(typeof region === 'string' && /^[a-z\d-]+$/.test(region)))
    throw optionError('region', 'a name like us-east-1', region);
  if (stage !== undefined && !(typeof stage === 'string' && /^[\w-]{1,128}$/.test(stage))) {
    throw optionError('stage', 'letters, digits, - and _', stage);
  }
  for (const [name, given] of Object.entries({ idleTimeout, maxDuration, timeout })) {
    const isTime = given === undefined || (typeof given === 'number' && given > 0 && given <= MAX_TIMER);
    if (!isTime) throw optionError(name, `milliseconds above 0, at most ${MAX_TIMER}`, given);
  }
}
