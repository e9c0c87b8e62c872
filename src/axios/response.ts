/** Reads what axios resolves or rejects with, and removes secrets from it. */
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { SignedRequest } from '../sigv4/index.js';
import { redact } from '../util/index.js';

/** The outcome of a request: a response, an error, or both, since an error for an HTTP status has the response. */
export interface Settled {
  readonly response?: AxiosResponse<unknown> | undefined;
  readonly error?: unknown;
}

/**
 * Waits for a request of axios.
 * @param sending axios's promise.
 * @param config The app's config, which replaces the one that was sent: errors show it, and the app may send it again.
 * @param sent The signed request.
 * @returns The outcome. It does not reject.
 */
export async function settle(
  sending: Promise<AxiosResponse<unknown>>,
  config: InternalAxiosRequestConfig,
  sent: SignedRequest,
): Promise<Settled> {
  try {
    return { response: hideSecrets(await sending, config, sent) };
  } catch (error) {
    if (typeof error !== 'object' || error === null) return { error };
    const failed = error as { config?: InternalAxiosRequestConfig; response?: AxiosResponse<unknown> };
    if (failed.config) failed.config = config;
    hide(failed, 'request');
    return { error, response: failed.response && hideSecrets(failed.response, config, sent) };
  }
}

function hideSecrets(
  response: AxiosResponse<unknown>,
  config: InternalAxiosRequestConfig,
  { url, headers }: SignedRequest,
): AxiosResponse<unknown> {
  response.config = config;
  tellUrl(response, url);
  hide(response, 'request');
  const { data } = response;
  if (typeof data === 'object' && data !== null && 'pipe' in data) {
    for (const name of ['req', 'socket', 'client']) hide(data, name); // properties of Node's streams that lead to the request
  }
  const token = headers['x-amz-security-token'] ?? new URL(url).searchParams.get('X-Amz-Security-Token');
  if (token && typeof data === 'string' && response.status >= 400) {
    response.data = redact(data, [token, encodeURIComponent(token)]);
  }
  return response;
}

/** Makes a property not enumerable, so that logs and JSON do not show it. */
function hide(owner: object, name: string): void {
  if (Object.hasOwn(owner, name)) Reflect.defineProperty(owner, name, { enumerable: false });
}

/** The properties of axios's requests that tell the final URL: `res` is Node's response, `responseURL` XMLHttpRequest's. */
interface Answered {
  readonly res?: { responseUrl?: string };
  readonly responseURL?: string;
}

/** Sets the final URL where apps look for it. Without follow-redirects, which sets it too, it would be missing. */
function tellUrl({ request }: AxiosResponse<unknown>, url: string): void {
  const { res } = Object(request) as Answered;
  if (res) res.responseUrl ??= url;
}

/**
 * The URL that an answer came from, which differs from the one that was called where an adapter has followed a redirect by itself.
 * @param response The answer.
 * @param url The URL that was called, which is the result where the adapter does not tell.
 */
export function answeredFrom({ request }: AxiosResponse<unknown>, url: string): URL {
  const { res, responseURL } = Object(request) as Answered;
  const from = new URL(res?.responseUrl ?? responseURL ?? '', url); // an empty text gives `url` itself
  from.hash = '';
  return from;
}

/** The headers of a response, in the form of fetch's. */
export function headersOf({ headers }: AxiosResponse<unknown>): Headers {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Headers(pairs);
}

/** Frees the connection of a response that nobody reads. */
export function discard({ data }: AxiosResponse<unknown>): void {
  const stream = Object(data) as { destroy?: () => void; cancel?: () => Promise<void> };
  if (stream.cancel) stream.cancel().catch(() => undefined);
  else stream.destroy?.();
}
