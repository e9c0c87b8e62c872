/** From what fetch is called with to what is signed and sent. */
import { isTextOrBytes, kindOf, toBytes } from './body.js';
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
 * @throws TypeError for what fetch would refuse
 */
export function openRequest(input: RequestInfo | URL, init: RequestInit = {}): Omit<Call, 'policy' | 'timeout'> {
  const { body: given } = Object.hasOwn(init, 'body') ? init : {}; // a Request in place of init has its own way
  // A stand-in of the same kind makes the same Content-Type, without the detour of a large body through the Request. Not
  // all browsers take streams for a Request's body, but all take them for a Response's.
  const isStream = kindOf(given) === 'ReadableStream';
  const isRead = isStream || isTextOrBytes(given);
  const standIn = typeof given === 'string' ? '' : new Uint8Array();
  const request = new Request(input, isRead ? { ...init, body: standIn } : init);
  const options: Record<string, unknown> = { ...init };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = (request as Partial<Request>)[name]; // some runtimes know only some of them
    if (value !== undefined && value !== DEFAULTS[name]) options[name] = value;
  }
  const { method, headers } = request;
  // Not the new Request's own, which in Node is aborted only as long as that Request is there.
  const signal =
    init.signal === undefined && typeof input === 'object' && 'signal' in input ? input.signal : init.signal;

  async function read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = new Uint8Array(await (isStream ? new Response(given) : request).arrayBuffer());
    const hasBody = isStream || bytes.length > 0 || Boolean((request as Partial<Request>).body);
    return hasBody ? bytes : undefined;
  }

  const body = isTextOrBytes(given) ? toBytes(given) : read;
  return { method, url: new URL(request.url), headers, body, options, signal, source: [input, init] };
}
