/** From the arguments that fetch takes to a request that is ready to be signed and sent. */
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
import type { HttpRequest, PreparedRequest } from './types.js';

/** What fetch takes as its first argument: by this name, since only the DOM's types have one for it. */
export type FetchInput = Parameters<typeof fetch>[0];

/** What Request objects carry beside method, URL, headers and body; with the values that say nothing. */
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
 * Reads fetch's arguments. The body is not read yet, but for text and bytes.
 * @param input As fetch takes it.
 * @param init As fetch takes it.
 * @throws TypeError for what fetch would refuse, SigV4Error for a signal or a stream that is none, and
 *   `UnsupportedPlatform`
 */
export function readFetchArguments(
  input: FetchInput,
  init: RequestInit = {},
): Omit<PreparedRequest, 'retryPolicy' | 'timeout'> {
  checkPlatform();
  checkInput(input, init);
  // A Request in place of init has nothing of its own here, and its own way.
  const { body: given, signal: _, ...own } = { ...init };
  // A stand-in of the same kind makes the same Content-Type, without the detour of a large body through the Request. Not
  // all browsers take streams for a Request's body, but all take them for a Response's.
  const isRead = isStream(given) || isTextOrBytes(given);
  const standIn = typeof given === 'string' ? '' : new Uint8Array();
  // Without the signal, which it would follow for as long as it is there.
  const stated = { ...init, ...(init.signal && { signal: null }), ...(isRead && { body: standIn }) };
  const request = new Request(input, 'bodyUsed' in init ? init : stated);
  // React Native's obeys `cache` by a time in the URL, which has to stay as it is signed.
  if (!('cache' in request)) delete own.cache;
  const { headers } = request;
  const method = request.method.toUpperCase(); // as it is signed: fetch itself leaves `patch` as it is
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

/** Names that other libraries have for what fetch's own options do not know: without a word, they would be left out. */
const FOREIGN = ['queryParams', 'params', 'query', 'path', 'data', 'json'];

/** Those of fetch, ours, and those that runtimes have of their own: these are handed on. */
const FETCH_OPTIONS = [
  ...[
    'method',
    'headers',
    'body',
    'mode',
    'credentials',
    'cache',
    'redirect',
    'referrer',
    'referrerPolicy',
    'integrity',
  ],
  ...['keepalive', 'signal', 'window', 'duplex', 'priority', 'dispatcher', 'next', 'timeout', 'retry'],
];

/** @throws SigV4Error for what fetch would send as `[object Object]`, leave out, or refuse without naming it */
function checkInput(input: FetchInput, init: RequestInit): void {
  const isRequest = 'bodyUsed' in init;
  const foreign = isRequest ? undefined : FOREIGN.find((name) => Reflect.get(init, name) !== undefined);
  if (foreign !== undefined) {
    const expected = "an option of fetch's (a query stands in the URL, what is sent in body)";
    throw invalidOption(foreign, expected, Reflect.get(init, foreign));
  }
  if (!isRequest) checkSpelling(init, FETCH_OPTIONS);
  const { body } = init as { body?: unknown };
  if (Array.isArray(body) || (isObject(body) && Object.getPrototypeOf(body) === Object.prototype)) {
    throw new SigV4Error('InvalidBody', 'body', 'what fetch takes: JSON.stringify an object first', body);
  }
  if (isObject(input) && typeof input.url !== 'string') throw invalidOption('url', 'a URL, or a Request', input);
}

/** Text and bytes as they are now; all else is read later. */
const readNow = (
  body: unknown,
  read: (signal?: AbortSignal) => Promise<HttpRequest['body']>,
): PreparedRequest['body'] => (isTextOrBytes(body) ? toBytes(body) : read);

/** What a Request says of how it is to be fetched. */
function readSettings(request: Partial<Request>): RequestInit {
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = request[name]; // some runtimes know only some of them
    if (value !== undefined && value !== DEFAULTS[name]) settings[name] = value;
  }
  return settings;
}
