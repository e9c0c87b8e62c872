/** Which of axios's adapters sends a request, what it sends, and how it is kept from following redirects by itself. */
import type { AxiosRequestConfig } from 'axios';
import { SigV4Error } from '../sigv4/index.js';

export type Adapter = AxiosRequestConfig['adapter'];

/** A transport of axios's `http` adapter, such as the package follow-redirects, which follows redirects unless told not to. */
interface Transport {
  request(options: object, ...more: unknown[]): unknown;
}

/**
 * Keeps axios's adapters from following redirects: `http` by `maxRedirects`, `fetch` by `redirect`, since only newer versions of it
 * know `maxRedirects`. XMLHttpRequest cannot be kept from it, so that in pages the `fetch` adapter takes its place.
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
    delete config.onUploadProgress; // the fetch adapter would stream the body for it, which needs HTTP/2 and not every browser can
  } else if (adapter !== undefined) config.adapter = adapter;
}

/**
 * How redirects are to be handled.
 * @param config The app's config.
 * @returns The config's option `redirect` for fetch; `follow` where it states none.
 */
export function redirectMode({ fetchOptions }: AxiosRequestConfig): unknown {
  return (fetchOptions as { redirect?: unknown } | undefined)?.redirect ?? 'follow';
}

/** Whether requests go over XMLHttpRequest in a page or its worker. Not in React Native, where fetch does not report redirects. */
function usesXhr(adapter: Adapter): boolean {
  if (!('location' in globalThis && 'XMLHttpRequest' in globalThis)) return false;
  return adapter === undefined || [adapter].flat().some(isXhr);
}

/** Whether an adapter is that for XMLHttpRequest: by its name, or by its source in axios 1.1, where the default is a function. */
function isXhr(adapter: unknown): boolean {
  if (typeof adapter === 'string') return adapter.toLowerCase() === 'xhr';
  return typeof adapter === 'function' && /\bXMLHttpRequest\b/.test(String(adapter));
}

/** The adapters that axios tries in turn where none is chosen. */
const DEFAULT_ADAPTERS = ['xhr', 'http', 'fetch'];

/**
 * Whether an adapter sends the data of a GET, as only `http` does: XMLHttpRequest drops it, and fetch refuses it.
 * @param adapter The adapter that was chosen. One of the app's own is assumed to send the data.
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
 * The error for a version of axios without a fetch adapter to take the place of XMLHttpRequest.
 * @param error What axios rejected with.
 * @param adapter The adapter that was chosen.
 * @returns The error; `undefined` where axios rejected for another reason.
 */
export function missingFetchAdapter(error: unknown, adapter: Adapter): SigV4Error | undefined {
  const { message, request, response } = Object(error) as Record<'message' | 'request' | 'response', unknown>;
  const isAboutAdapter = !request && !response && /adapter/i.test(String(message));
  if (!isAboutAdapter || !usesXhr(adapter)) return undefined;
  const expected =
    "axios's fetch adapter, which axios 1.7 and later have: in a page, XMLHttpRequest takes the session token along to wherever it is redirected";
  return new SigV4Error('InvalidOption', 'adapter', expected, adapter, error);
}
