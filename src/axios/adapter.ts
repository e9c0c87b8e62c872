/** Which of axios's adapters sends, what it sends, and how it is kept from following redirects by itself. */
import type { AxiosRequestConfig } from 'axios';
import { SigV4Error } from '../sigv4/index.js';

export type Adapter = AxiosRequestConfig['adapter'];

/** What follows redirects by itself, unless it is told not to: the package follow-redirects and its like. */
interface Transport {
  request(options: object, ...more: unknown[]): unknown;
}

/**
 * Has an adapter of axios leave redirects to us: `http` knows `maxRedirects`, `fetch`, which knows it in newer versions only,
 * `redirect`. XMLHttpRequest cannot be told, so in a page `fetch` takes its place.
 * @param config The config that is about to be sent, changed in place.
 * @param adapter The adapter that was chosen for it.
 */
export function leaveRedirects(config: AxiosRequestConfig, adapter: Adapter): void {
  const { transport, fetchOptions } = config as { transport?: Transport; fetchOptions?: Record<string, unknown> };
  config.maxRedirects = 0;
  const mode = redirectMode(config);
  config.fetchOptions = { ...fetchOptions, redirect: mode === 'follow' ? 'manual' : mode };
  if (transport) {
    config.transport = {
      request: (options: object, ...more: unknown[]) =>
        transport.request(Object.assign(options, { followRedirects: false }), ...more),
    };
  }
  if (usesXhr(adapter)) {
    config.adapter = withFetch(adapter);
    delete config.onUploadProgress; // for which fetch needs a streamed body: not in all browsers, and not over HTTP/1.1
  } else if (adapter !== undefined) config.adapter = adapter;
}

/**
 * How redirects are to be treated.
 * @param config The app's.
 * @returns What it states for fetch; `follow` where it states nothing.
 */
export function redirectMode({ fetchOptions }: AxiosRequestConfig): unknown {
  return (fetchOptions as { redirect?: unknown } | undefined)?.redirect ?? 'follow';
}

/** Whether it is XMLHttpRequest, in a page or its worker, where fetch tells of redirects. React Native has no other way. */
function usesXhr(adapter: Adapter): boolean {
  if (!('location' in globalThis && 'XMLHttpRequest' in globalThis)) return false;
  return adapter === undefined || [adapter].flat().some(isXhr);
}

/** By its name, or, in axios 1.1, where the default has none, by its source. */
function isXhr(adapter: unknown): boolean {
  if (typeof adapter === 'string') return adapter.toLowerCase() === 'xhr';
  return typeof adapter === 'function' && /\bXMLHttpRequest\b/.test(String(adapter));
}

/** What axios tries in turn where no adapter is chosen. */
const DEFAULT_ADAPTERS = ['xhr', 'http', 'fetch'];

/**
 * Whether an adapter sends the data of a GET, as only `http` does. XMLHttpRequest drops it, fetch refuses it.
 * @param adapter The adapter that was chosen. One of the app's own is taken at its word: it gets the data.
 */
export function sendsBodyOfGet(adapter: Adapter): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  const isNode = process?.versions?.node !== undefined;
  const isThere: Readonly<Record<string, boolean>> = { xhr: 'XMLHttpRequest' in globalThis, http: isNode, fetch: true };
  const chosen = [adapter ?? DEFAULT_ADAPTERS].flat().map((one) => (typeof one === 'string' ? one.toLowerCase() : one));
  const first: unknown = chosen.find((one) => typeof one !== 'string' || isThere[one]);
  return typeof first === 'function' ? !isXhr(first) : first === 'http';
}

function withFetch(adapter: Adapter): NonNullable<Adapter> {
  return adapter === undefined
    ? 'fetch'
    : ([adapter].flat().map((one) => (isXhr(one) ? 'fetch' : one)) as NonNullable<Adapter>);
}

/**
 * What is wrong where an axios has no adapter to put in the place of XMLHttpRequest.
 * @param error What axios rejected with.
 * @param adapter The adapter that was chosen.
 * @returns The error in its place; `undefined` where it is about something else.
 */
export function missingFetchAdapter(error: unknown, adapter: Adapter): SigV4Error | undefined {
  const { message, request, response } = Object(error) as Record<'message' | 'request' | 'response', unknown>;
  const isAboutAdapter = !request && !response && /adapter/i.test(String(message));
  if (!isAboutAdapter || !usesXhr(adapter)) return undefined;
  const expected =
    "axios's fetch adapter, which axios 1.7 and later have: in a page, XMLHttpRequest takes the session token along to wherever it is redirected";
  return new SigV4Error('InvalidOption', 'adapter', expected, adapter, error);
}
