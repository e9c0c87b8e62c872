/** The options of a local API gateway, and their checks. */
import { isIP } from 'node:net';
import { checkOptions } from '../../util/index.js';
import type { CredentialStore } from '../credentials/index.js';
import type { Policy } from '../iam/index.js';
import { checkPort, LocalAwsError, optionError } from '../options/index.js';
import type { ApiHandler, LambdaFrontend } from './handler.js';
import type { LoggedRequest } from './requestLog.js';

/** Which pages may read the gateway's answers, and what they may send; all of it is optional. */
export interface CorsOptions {
  /** Whether refusals have CORS headers as well. Default true. */
  readonly refusals?: boolean | undefined;
  /** The origins that are let in, such as `https://app.example.com`. Default: every one. */
  readonly origins?: readonly string[] | undefined;
  /** The headers that a page may send. Default: whatever it asks for. */
  readonly headers?: readonly string[] | undefined;
}

/** Options of `startApiGateway`; all but `store` are optional. */
export interface ApiGatewayOptions {
  /** The credentials that callers may sign with: the store of the identity pool. */
  readonly store: CredentialStore;
  /** The API, as a function from a standard `Request` to a `Response`. Default: a small notes API. */
  readonly handler?: ApiHandler | undefined;
  /** The API, as the http: or https: URL of a server to which requests are passed on. Not together with `handler`. Default: none. */
  readonly target?: string | URL | undefined;
  /** The IAM policy that says who may call what. Default: everyone with credentials may call everything. */
  readonly policy?: Policy | undefined;
  /** The policy of the API, or of the function: a Deny here counts, and an Allow for a caller whom `policy` does not allow. */
  readonly resourcePolicy?: Policy | undefined;
  /**
   * What stands here on AWS: a REST API (`rest`), an HTTP API (`http`), or a function URL (`functionUrl`), which is signed for
   * `lambda` and has no stage. Each refuses in words of its own. Default: what the `handler` was made for, or `rest`.
   */
  readonly frontend?: LambdaFrontend | undefined;
  /** The region that requests must be signed for. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The stage, which is the first segment of every path. Default `dev`. */
  readonly stage?: string | undefined;
  /** What paths begin with in the stage's place, as on a custom domain: the base path of its mapping, `/v1`, or `/` for none. */
  readonly basePath?: string | undefined;
  /** The IP address that callers are taken to come from: for `aws:SourceIp`, and events. Default `127.0.0.1`, as they do. */
  readonly sourceIp?: string | undefined;
  /** The port to listen on. Default 0: any free one. */
  readonly port?: number | undefined;
  /** The clock for signatures, expiry and the `Date` header: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /**
   * CORS headers for browsers, and answers to their preflights. `true`: on refusals as well, so that pages can read them. On AWS,
   * refusals lack these headers until you add them to the gateway's responses, so that pages only see a network error:
   * `{ refusals: false }` does the same. `false`: neither CORS headers nor answers to preflights. Default true.
   */
  readonly cors?: boolean | CorsOptions | undefined;
  /** Milliseconds that the API may take until its answer begins. Default 29,000, as on AWS, unless `handler` has one of its own. */
  readonly timeout?: number | undefined;
  /** Called with each request after it was answered: who called, and why it was refused, if it was. Default: none. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  /** Called with what the handler threw, or why the target cannot be reached; the caller sees a bare 502. Default: none. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The names of the options of {@link ApiGatewayOptions}. */
export const API_GATEWAY_OPTIONS = [
  'store',
  'handler',
  'target',
  'policy',
  'resourcePolicy',
  'frontend',
  'region',
  'stage',
  'basePath',
  'sourceIp',
  'port',
  'now',
  'cors',
  'timeout',
  'onRequest',
  'onError',
] as const satisfies readonly (keyof ApiGatewayOptions)[];

/**
 * Checks the options before anything is started, all but the policies, the target, and where the API is.
 * @throws LocalAwsError `InvalidOption`
 */
export function checkApiGatewayOptions(options: ApiGatewayOptions): void {
  checkOptions(options, API_GATEWAY_OPTIONS, optionError);
  checkPort(options.port);
  const { handler, target, region, sourceIp, timeout, cors, onRequest, onError } = options;
  for (const [name, given] of Object.entries({ handler, onRequest, onError })) {
    if (given !== undefined && typeof given !== 'function') throw optionError(name, 'a function', given);
  }
  if (handler !== undefined && target !== undefined) {
    throw new LocalAwsError('InvalidOption', 'handler and target: expected one of them, got both');
  }
  if (region !== undefined && !(typeof region === 'string' && /^[a-z\d-]+$/.test(region)))
    throw optionError('region', 'a name like us-east-1', region);
  if (sourceIp !== undefined && isIP(sourceIp) === 0) throw optionError('sourceIp', 'an IP address', sourceIp);
  if (timeout !== undefined && !(timeout > 0)) throw optionError('timeout', 'milliseconds above 0', timeout);
  if (cors !== undefined && typeof cors !== 'boolean') checkCors(cors);
}

function checkCors(cors: CorsOptions): void {
  const known = ['refusals', 'origins', 'headers'] satisfies (keyof CorsOptions)[];
  checkOptions(cors, known, optionError, 'cors');
  const { refusals = true, origins = [], headers = [] } = cors;
  if (typeof refusals !== 'boolean') throw optionError('cors.refusals', 'true or false', refusals);
  const areOrigins = Array.isArray(origins) && origins.every(isOrigin);
  if (!areOrigins) throw optionError('cors.origins', 'a list of origins, such as https://app.example.com', origins);
  const areNames = Array.isArray(headers) && headers.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name));
  if (!areNames) throw optionError('cors.headers', "a list of headers' names", headers);
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
}
