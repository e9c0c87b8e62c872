/** Makes a request that is ready to be signed and sent from a path below an API's URL, a query and a body of any kind. */
import {
  checkBoundary,
  encodeRfc3986,
  FORM_TYPE,
  isMissing,
  lacksBoundary,
  parseEndpoint,
  readRequest,
  serializeBody,
  SigV4Error,
  statedHash,
  typeTag,
} from '../sigv4/index.js';
import type { Destination, HeaderParams, QueryParams, RequestBody, SignedBody } from '../sigv4/index.js';
import { checkSignal, checkTimeout } from '../util/index.js';
import { invalidBody, isUnread, openBody, readBytes, toBytes } from './body.js';
import { createRetryPolicy } from './retryPolicy.js';
import type { PreparedRequest, Retry } from './types.js';

/** A call, as an app states it. */
export interface CallInput {
  readonly path: string | undefined;
  readonly method?: string | undefined;
  readonly headers?: HeaderParams | undefined;
  /** The headers that are stated for all calls; the call's own of the same name go before them. */
  readonly defaultHeaders?: HeaderParams | undefined;
  /** The `Accept` where the headers state none. Default `application/json`. */
  readonly accept?: string | undefined;
  readonly queryParams?: QueryParams | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeout?: number | undefined;
  readonly retry?: Retry | undefined;
}

/** The default of `accept`, and the `Content-Type` of JSON. */
const JSON_TYPE = 'application/json';

const DEFAULT_POLICY = /* @__PURE__ */ createRetryPolicy();

/**
 * Reads the URL of an API.
 * @param url The API's URL.
 * @throws SigV4Error `InvalidEndpoint`
 */
export function readDestination(url: string): Destination {
  const { origin, path } = parseEndpoint(new URL(url).href);
  return { origin, basePath: (/^.*[^/]/.exec(path) ?? [''])[0], isS3: false };
}

/**
 * Checks a call and serializes it, before credentials are asked for. It uses the signer's own functions, so that the signer accepts
 * the result unchanged.
 * @param destination The API.
 * @param call The call as the app states it.
 * @throws SigV4Error for a call that cannot be sent; it names the option
 */
export function prepareRequest(destination: Destination, call: CallInput): PreparedRequest {
  const { path, headers: givenHeaders, defaultHeaders, queryParams, signal, timeout, retry, accept = JSON_TYPE } = call;
  if (typeof path !== 'string') throw new SigV4Error('InvalidPath', 'path', "a path below the API's URL", path);
  const below = path.replace(/^(?=\?|$)/, '/'); // an empty path means `/` here, and to the signer the API's URL itself
  const stated = { method: call.method, path: below, headers: givenHeaders, queryParams };
  const { method, path: fullPath, query, headers: read } = readRequest(destination, stated);
  statedHash({}, read); // throws where the header `x-amz-content-sha256` holds no hash
  const headers = new Headers(read.sent);
  addDefaults(headers, destination, defaultHeaders);
  if (/^(CONNECT|TRACE|TRACK)$/.test(method)) {
    throw new SigV4Error('InvalidMethod', 'method', 'an HTTP method that fetch sends', method);
  }
  const { body, type }: PreparedBody = isUnread(call.body, headers)
    ? { body: call.body }
    : prepareBody(method, call.body);
  if (!headers.has('accept')) headers.set('accept', accept);
  const isTyped =
    headers.has('content-type') && !(typeTag(call.body) === 'FormData' && lacksBoundary(headers.get('content-type')));
  if (type !== undefined && !isTyped) headers.set('content-type', type);
  if (!isMissing(call.body)) checkBoundary(headers.get('content-type'));
  const search = query.map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`).join('&');
  const url = new URL(`${destination.origin}${fullPath}${search && `?${search}`}`);
  return {
    method,
    url,
    headers,
    body,
    signal: checkSignal(signal),
    retryPolicy: retry === undefined ? DEFAULT_POLICY : createRetryPolicy(retry),
    timeout: checkTimeout(timeout),
  };
}

/** Checks the headers that are stated for all calls, and adds those that the call does not state itself. */
function addDefaults(headers: Headers, destination: Destination, given: HeaderParams | undefined): void {
  if (given === undefined) return;
  const { sent } = readRequest(destination, { headers: given }).headers;
  for (const [name, value] of Object.entries(sent)) if (!headers.has(name)) headers.set(name, value);
}

/** A body, and its content type, which is sent where the call states none. */
interface PreparedBody {
  readonly body: PreparedRequest['body'];
  readonly type?: string | undefined;
}

const NO_BODY: PreparedBody = { body: undefined, type: undefined };

function prepareBody(method: string, given: unknown): PreparedBody {
  if (method === 'GET' || method === 'HEAD') {
    if (isMissing(given) || given === '') return NO_BODY;
    throw new SigV4Error('InvalidMethod', 'method', 'one that has a body, such as POST, or no body', method);
  }
  const tag = typeTag(given);
  if (/^(Blob|File|FormData|ReadableStream)$/.test(tag)) {
    const opened = openBody(given);
    return {
      body: (signal) => readBytes(opened, signal, undefined, given),
      type: opened.headers.get('content-type') ?? undefined,
    };
  }
  const serialized = serialize(given);
  if (serialized === undefined) return NO_BODY;
  const textType = tag === 'URLSearchParams' ? FORM_TYPE : JSON_TYPE;
  return { body: toBytes(serialized), type: typeof serialized === 'string' ? textType : undefined };
}

/** Serializes a body as the signer does it, but with an error that names the kinds of bodies which are possible here. */
function serialize(body: unknown): SignedBody | undefined {
  try {
    return serializeBody(body as RequestBody);
  } catch (error) {
    throw invalidBody(body, (error as SigV4Error).cause);
  }
}
