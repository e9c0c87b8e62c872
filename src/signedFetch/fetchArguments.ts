/** Reads the arguments that fetch takes, and makes a request that is ready to be signed and sent. */
import {
  checkBoundary,
  checkPlatform,
  checkSpelling,
  isMissing,
  lacksBoundary,
  SigV4Error,
  typeTag,
} from '../sigv4/index.js';
import { checkSignal, invalidOption, isObject } from '../util/index.js';
import { isStream, isTextOrBytes, isUnread, openBody, readBytes, toBytes } from './body.js';
import { refusedArgument } from './refusedArgument.js';
import type { HttpRequest, PreparedRequest } from './types.js';

/** What fetch takes as its first argument. Not `RequestInfo | URL`, since only the DOM's types have that name. */
export type FetchInput = Parameters<typeof fetch>[0];

/** The settings of a Request beside method, URL, headers and body, with the values that need not be passed on. */
const DEFAULTS = {
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  redirect: 'follow',
  referrer: 'about:client',
  referrerPolicy: '',
} as const satisfies Partial<Request>;

/**
 * Reads fetch's arguments. Text and bytes are copied at once; bodies of other kinds are read later.
 * @param input fetch's first argument.
 * @param init fetch's second argument.
 * @throws SigV4Error `InvalidOption`, `InvalidHeader` or `InvalidBody` for what fetch would refuse or misread, and `UnsupportedPlatform`;
 *   TypeError for what fetch refuses together, such as a GET with a body
 */
export function readFetchArguments(
  input: FetchInput,
  init: RequestInit = {},
): Omit<PreparedRequest, 'retryPolicy' | 'timeout'> {
  checkPlatform();
  checkInput(input, init);
  // Where `init` is a Request, this finds nothing, since a Request has no own properties: `new Request` below reads it.
  const { body: given, signal: _, ...own } = { ...init };
  // An empty body of the same kind gives the Request the same Content-Type without copying a large body. Streams are opened by a
  // Response, since not all browsers take them as a Request's body.
  const isRead = isStream(given) || isTextOrBytes(given);
  const standIn = typeof given === 'string' ? '' : new Uint8Array();
  // Without the signal: the Request would listen to it for as long as both exist.
  const stated = { ...init, ...(init.signal && { signal: null }), ...(isRead && { body: standIn }) };
  const request = makeRequest(input, 'bodyUsed' in init ? init : stated);
  // React Native's fetch obeys `cache` by adding the time to the URL, which would no longer be the signed one.
  if (!('cache' in request)) delete own.cache;
  const { headers } = request;
  const method = request.method.toUpperCase(); // the signature has upper case, and fetch would send `patch` unchanged
  const owner = init.signal === undefined && typeof input === 'object' && 'signal' in input ? input : init;

  const isForm = typeTag(given) === 'FormData' && lacksBoundary(headers.get('content-type'));
  const opened = isStream(given) || isForm ? openBody(given) : request;
  if (isForm) headers.set('content-type', opened.headers.get('content-type')!);
  else if (!isMissing(given)) checkBoundary(headers.get('content-type'));
  async function read(signal?: AbortSignal): Promise<HttpRequest['body']> {
    const bytes = await readBytes(opened, signal, undefined, given);
    const hasBody = isStream(given) || bytes.length > 0 || Boolean((request as Partial<Request>).body);
    return hasBody ? bytes : undefined;
  }

  return {
    method,
    url: new URL(request.url),
    headers,
    body: isUnread(given, headers) ? given : readNow(given, read),
    init: { ...own, ...readSettings(request) },
    signal: checkSignal(owner.signal),
    signalOwner: 'bodyUsed' in owner && owner,
  };
}

function makeRequest(input: FetchInput, init: RequestInit): Request {
  try {
    return new Request(input, init);
  } catch (error) {
    throw refusedArgument(input, init, error);
  }
}

/** Options of other libraries, which fetch would ignore silently. */
const FOREIGN = ['queryParams', 'params', 'query', 'path', 'data', 'json'];

/**
 * The options that are known: fetch's, ours, and those of runtimes and of graphql-request (`errorPolicy`), which are passed on. An
 * unknown name that resembles one of these is refused as a misspelling.
 */
const FETCH_OPTIONS = [
  ...['method', 'headers', 'body', 'mode', 'credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy'],
  ...['integrity', 'keepalive', 'signal', 'window', 'duplex', 'priority', 'dispatcher', 'next', 'errorPolicy'],
  ...['timeout', 'retry'],
];

/**
 * Checks fetch's arguments for mistakes that fetch would not report.
 * @throws SigV4Error for what fetch would send as `[object Object]`, leave out, or refuse without naming it
 */
function checkInput(input: FetchInput, init: RequestInit): void {
  const isRequest = 'bodyUsed' in init;
  const foreign = isRequest ? undefined : FOREIGN.find((name) => Reflect.get(init, name) !== undefined);
  if (foreign !== undefined) {
    const expected = "an option of fetch's (a query stands in the URL, what is sent in body)";
    throw invalidOption(foreign, expected, Reflect.get(init, foreign));
  }
  if (!isRequest) checkSpelling(init, FETCH_OPTIONS);
  const { body } = init as { body?: unknown };
  const isPlain = isObject(body) && Object.getPrototypeOf(body) === Object.prototype;
  if (isPlain || ['Array', 'Promise'].includes(typeTag(body))) {
    throw new SigV4Error('InvalidBody', 'body', 'what fetch takes: JSON.stringify an object first', body);
  }
  if (isObject(input) && typeof input.url !== 'string') throw invalidOption('url', 'a URL, or a Request', input);
}

/** A copy of text or bytes; for a body of another kind, the function that reads it later. */
const readNow = (
  body: unknown,
  read: (signal?: AbortSignal) => Promise<HttpRequest['body']>,
): PreparedRequest['body'] => (isTextOrBytes(body) ? toBytes(body) : read);

/** The settings of a Request that differ from the defaults. */
function readSettings(request: Partial<Request>): RequestInit {
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = request[name]; // `undefined` in runtimes that lack the setting
    if (value !== undefined && value !== DEFAULTS[name]) settings[name] = value;
  }
  return settings;
}
