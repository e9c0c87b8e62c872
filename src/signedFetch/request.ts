/** From what fetch is called with to what is signed and sent. */
import { isTextOrBytes, kindOf, openBody, readBytes, toBytes } from './body.js';
import { checkSignal } from '../util/index.js';
import type { Call } from './sending.js';

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
 * @param input As fetch takes it.
 * @param init As fetch takes it.
 * @throws TypeError for what fetch would refuse, SigV4Error for a signal or a stream that is none
 */
export function openRequest(input: RequestInfo | URL, init: RequestInit = {}): Omit<Call, 'policy' | 'timeout'> {
  // A Request in place of init has nothing of its own here, and its own way.
  const { body: given, signal: _, ...own } = { ...init };
  // A stand-in of the same kind makes the same Content-Type, without the detour of a large body through the Request. Not
  // all browsers take streams for a Request's body, but all take them for a Response's.
  const isStream = kindOf(given) === 'ReadableStream';
  const isRead = isStream || isTextOrBytes(given);
  const standIn = typeof given === 'string' ? '' : new Uint8Array();
  // Without the signal, which it would follow for as long as it is there.
  const stated = { ...init, ...(init.signal && { signal: null }), ...(isRead && { body: standIn }) };
  const request = new Request(input, 'bodyUsed' in init ? init : stated);
  const options: Record<string, unknown> = own;
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = (request as Partial<Request>)[name]; // some runtimes know only some of them
    if (value !== undefined && value !== DEFAULTS[name]) options[name] = value;
  }
  const { headers } = request;
  const method = request.method.toUpperCase(); // as it is signed: fetch itself leaves `patch` as it is
  const owner = init.signal === undefined && typeof input === 'object' && 'signal' in input ? input : init;

  const opened = isStream ? openBody(given) : request;
  async function read(signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await readBytes(opened, signal);
    const hasBody = isStream || bytes.length > 0 || Boolean((request as Partial<Request>).body);
    return hasBody ? bytes : undefined;
  }

  return {
    method,
    url: new URL(request.url),
    headers,
    body: isTextOrBytes(given) ? toBytes(given) : read,
    options,
    signal: checkSignal(owner.signal),
    source: 'bodyUsed' in owner && owner,
  };
}
