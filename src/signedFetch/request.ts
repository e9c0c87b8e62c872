/** From what fetch is called with to what is signed and sent. */
import type { Outgoing } from './signing.js';

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

/** fetch's arguments, understood but not yet read. */
export interface ReadableRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly signal: AbortSignal;
  /** Everything else that is to be passed on to fetch. */
  readonly options: RequestInit;
  /** Reads the body, which can be done once. */
  read(): Promise<Outgoing>;
}

/**
 * @param input As fetch takes it.
 * @param init As fetch takes it.
 * @throws TypeError for what fetch would refuse
 */
export function openRequest(input: RequestInfo | URL, init?: RequestInit): ReadableRequest {
  // Not all browsers take streams for a Request's body, but all take them for a Response's.
  const stream = streamOf(init);
  const request = new Request(input, stream ? { ...init, body: new Uint8Array() } : init);
  const options: Record<string, unknown> = { ...init };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = (request as Partial<Request>)[name]; // some runtimes know only some of them
    if (value !== undefined && value !== DEFAULTS[name]) options[name] = value;
  }
  const { method, url, headers, signal } = request;
  return {
    method,
    url,
    signal,
    options,
    async read() {
      const bytes = new Uint8Array(await (stream ? new Response(stream) : request).arrayBuffer());
      const hasBody = bytes.length > 0 || Boolean(stream ?? (request as Partial<Request>).body);
      return { method, url: new URL(url), headers, body: hasBody ? bytes : undefined };
    },
  };
}

function streamOf(init: RequestInit = {}): ReadableStream | undefined {
  const { body } = Object.hasOwn(init, 'body') ? init : {}; // a Request in place of init has its own way
  return typeof body === 'object' && body !== null && 'getReader' in body ? body : undefined;
}
