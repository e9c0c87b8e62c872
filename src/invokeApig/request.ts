/** From what an app passes to `invokeApig` to what is sent, and from the response to what the app gets. */
import { ApigError, AuthError, RequestError, SigV4ClientError } from '../errors.js';
import { originOf } from '../signedFetch.js';
import { explanationOf } from '../signedFetch/explanation.js';
import type { Retry, SignedFetchInit } from '../signedFetch.js';

/** A value in the query. Arrays repeat their key; `undefined` and `null` are left out. */
export type QueryValue = string | number | boolean | bigint | null | undefined;

/** How a response is read: parsed JSON, its text, a Blob, an ArrayBuffer, or the Response itself. */
export type ResponseType = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'response';

const RESPONSE_TYPES: readonly ResponseType[] = ['json', 'text', 'blob', 'arrayBuffer', 'response'];

/** What methods and headers' names are made of (RFC 9110, section 5.6.2). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** One call. */
export interface ApigRequest {
  /** Below the API's URL, such as `/notes`. May carry a query. */
  readonly path: string;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Sent beside the signer's own. Default: an `Accept`, and for JSON and text a `Content-Type`, of `application/json`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Added to the query of `path`. */
  readonly queryParams?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | undefined;
  /** Sent as JSON; text, bytes, forms, Blobs and streams as they are. GET and HEAD have none. */
  readonly body?: unknown;
  /** Logs this user in first, where no one or someone else is logged in. */
  readonly login?:
    | {
        /** The name, or an alias such as the e-mail address. */
        readonly username: string;
        /** Sent to nobody: the login goes over SRP. */
        readonly password: string;
      }
    | undefined;
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, in milliseconds, retries and reading the response included. Default: for ever. */
  readonly timeout?: number | undefined;
  /**
   * When the request is sent again. Default: up to 4 attempts for what may be done twice (GET, HEAD, OPTIONS, PUT, DELETE),
   * for others only where the API surely did not act. `false`: never. A number: how many more times after the first.
   */
  readonly retry?: Retry | undefined;
  /** How the response is read. Default `json`. */
  readonly responseType?: ResponseType | undefined;
}

/**
 * The URL and options for fetch.
 * @param endpoint The API's URL.
 * @param request The call.
 * @throws AuthError `InvalidInput` for what cannot be sent, or is no `responseType`.
 */
export function toFetchArguments(endpoint: string, request: ApigRequest): [url: string, init: SignedFetchInit] {
  checkResponseType(request);
  const { body, retry, signal = null } = request;
  const method = methodOf(request);
  const headers = headersOf(request);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const init: SignedFetchInit = { method, headers, signal, retry, timeout: timeoutOf(request) };
  if (body !== undefined && body !== null && !/^(GET|HEAD)$/.test(method)) {
    init.body = isBodyInit(body) ? body : toJson(body);
    if (typeof init.body === 'string' && !headers.has('content-type')) headers.set('content-type', 'application/json');
  }
  return [toUrl(endpoint, request), init];
}

function methodOf({ method = 'GET' }: ApigRequest): string {
  const isString = typeof method === 'string';
  // fetch takes every word but these three.
  if (isString && TOKEN.test(method) && !/^(CONNECT|TRACE|TRACK)$/i.test(method)) return method.toUpperCase();
  throw invalid('method', 'an HTTP method', isString ? JSON.stringify(method) : kindOf(method));
}

function headersOf({ headers: given }: ApigRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of entriesOf(given, 'headers')) {
    if (!TOKEN.test(name)) {
      throw invalid('headers', 'names of letters, digits and hyphens', JSON.stringify(name));
    }
    try {
      headers.append(name, value as string);
    } catch {
      throw invalid(`headers.${name}`, 'one line of Latin-1 text', kindOf(value)); // the cause shows the value
    }
  }
  return headers;
}

function toUrl(endpoint: string, { path, queryParams }: ApigRequest): string {
  if (typeof path !== 'string' || /^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
    const came = typeof path === 'string' ? 'an absolute URL' : kindOf(path);
    throw invalid('path', "a path below the API's URL, such as '/notes'", came);
  }
  const [pathname = '', ...query] = path.replaceAll('#', '%23').split('?');
  const pairs = query.length > 0 ? [query.join('?')] : [];
  for (const [name, values] of entriesOf(queryParams, 'queryParams')) {
    for (const value of Array.isArray(values) ? (values as readonly unknown[]) : [values]) {
      if (value === undefined || value === null) continue;
      if (!isText(value)) {
        throw invalid(`queryParams.${name}`, 'text, a number, a boolean or a list of them', kindOf(value));
      }
      pairs.push(`${encode(name)}=${encode(String(value))}`);
    }
  }
  const url = `${endpoint.replace(/\/+$/, '')}/${pathname.replace(/^\//, '')}`;
  return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`;
}

function isText(value: unknown): value is string | number | boolean | bigint {
  return /^(string|number|boolean|bigint)$/.test(typeof value);
}

/** As fetch encodes text: half a surrogate pair becomes U+FFFD. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Takes what fetch takes as well: `Headers`, `URLSearchParams`, Maps and lists of pairs. */
function entriesOf(given: unknown, option: string): Iterable<readonly [string, unknown]> {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object') throw invalid(option, 'an object', kindOf(given));
  return Symbol.iterator in given ? (given as Iterable<readonly [string, unknown]>) : Object.entries(given);
}

function timeoutOf({ timeout }: ApigRequest): number | undefined {
  if (timeout === undefined || (Number.isFinite(timeout) && timeout > 0)) return timeout;
  throw invalid('timeout', 'milliseconds above 0', String(timeout));
}

function checkResponseType({ responseType = 'json' }: ApigRequest): void {
  if (RESPONSE_TYPES.includes(responseType)) return;
  const came = typeof responseType === 'string' ? JSON.stringify(responseType) : kindOf(responseType);
  throw invalid('responseType', RESPONSE_TYPES.map((type) => `'${type}'`).join(', '), came);
}

function isBodyInit(body: unknown): body is BodyInit {
  return (
    typeof body === 'string' ||
    body instanceof URLSearchParams ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof Blob ||
    body instanceof FormData ||
    body instanceof ReadableStream
  );
}

/** Maps, Promises and the like would be `{}` as JSON, streams of Node their inner state. */
function toJson(body: unknown): string {
  const expected = 'text, bytes, a form, a Blob, a web stream, or what JSON can hold';
  const isPlain = /^\[object (Object|Array|String|Number|Boolean)\]$/.test(Object.prototype.toString.call(body));
  const { toJSON, pipe } = body as { toJSON?: unknown; pipe?: unknown };
  if (typeof toJSON !== 'function' && (!isPlain || typeof pipe === 'function')) {
    throw invalid('body', expected, kindOf(body));
  }
  let cause: unknown;
  try {
    const text = JSON.stringify(body) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    cause = error;
  }
  throw invalid('body', expected, `${kindOf(body)} that JSON cannot hold, for a circle or a BigInt in it`, cause);
}

/** What came, without showing it: headers and bodies hold secrets. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  const kind = typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
  return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}

function invalid(option: string, expected: string, came: string, cause?: unknown): AuthError {
  return new AuthError('InvalidInput', `${option}: expected ${expected}, got ${came}`, { cause });
}

/**
 * What the app gets for a response.
 * @param response The response.
 * @param request The call.
 * @param url Where it went.
 * @throws ApigError for anything but 2xx; RequestError `InvalidResponse` for what cannot be read as asked.
 */
export async function readResponse(response: Response, request: ApigRequest, url: string): Promise<unknown> {
  const { method = 'GET', responseType = 'json' } = request;
  if (!response.ok) {
    const { status, statusText, headers } = response;
    const text = await response.text();
    const { signed, attempts = 1 } = originOf(response) ?? {};
    const explanation = await explanationOf(response, text, signed);
    const secrets = [signed?.headers['x-amz-security-token']]; // which refusals of a signature repeat
    const details = { status, statusText, headers, text, attempts, explanation, secrets };
    throw new ApigError({ method, url, ...details, request: signed, response });
  }
  if (responseType === 'response') return response;
  if (responseType !== 'json') return response[responseType]();
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const shown = response.headers.get('content-type') ?? 'no content type';
    throw new RequestError(
      'InvalidResponse',
      `${method} ${new URL(url).pathname} answered ${response.status} with ${shown} where JSON was expected. ` +
        `Pass responseType: 'text' for an API that does not answer in JSON.`,
      { method, url, attempts: originOf(response)?.attempts ?? 1, cause },
    );
  }
}

/**
 * What the app gets for a failure.
 * @param error What was caught.
 * @param request The call.
 * @param url Where it went.
 * @param attempts How often it was sent, where a response came and could not be read to its end.
 * @returns Errors of this library, and what the app's own signal gave as its reason, as they are; otherwise a RequestError.
 */
export function requestError(error: unknown, request: ApigRequest, url: string, attempts = 1): unknown {
  const { method = 'GET', timeout, signal } = request;
  if (error instanceof SigV4ClientError || signal?.aborted) return error;
  const place = `${method} ${new URL(url).pathname}`;
  const details = { method, url, attempts, cause: error };
  // What browsers call the end of a response that the call's own timeout has cut off.
  if (/^(Abort|Timeout)Error$/.test(String((error as { name?: unknown } | undefined)?.name))) {
    return new RequestError('Timeout', `${place}: no answer within ${timeout ?? 0} ms.`, details);
  }
  return new RequestError(
    'NetworkError',
    `${place}: no answer from ${new URL(url).origin}. Check the network and apiGateway.URL; in a browser, a refusal ` +
      `without CORS headers looks like this as well.`,
    details,
  );
}
