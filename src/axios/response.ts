/** What axios resolves or rejects with: read, and made fit to be shown. */
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { SignedRequest } from '../sigv4/index.js';
import { redact } from '../util/index.js';

/** A response, an error, or both: an error for a status has the response. */
export interface Settled {
  readonly response?: AxiosResponse<unknown> | undefined;
  readonly error?: unknown;
}

/**
 * Waits for what axios is sending.
 * @param sending What axios promises.
 * @param config The app's config, which takes the place of the one that was sent: errors show it, and it may be sent again.
 * @param sent What is being sent.
 * @returns Either outcome.
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
    for (const name of ['req', 'socket', 'client']) hide(data, name); // of Node's streams: what leads to the request
  }
  const token = headers['x-amz-security-token'];
  if (token && typeof data === 'string' && response.status >= 400) response.data = redact(data, [token]);
  return response;
}

/** Keeps a property out of logs and of JSON. */
function hide(owner: object, name: string): void {
  if (Object.hasOwn(owner, name)) Reflect.defineProperty(owner, name, { enumerable: false });
}

/** What axios's requests tell of where the answer came from: `res` is Node's response, the other XMLHttpRequest's. */
interface Answered {
  readonly res?: { responseUrl?: string };
  readonly responseURL?: string;
}

/** Where apps look for the final URL: follow-redirects states it there, Node itself does not. */
function tellUrl({ request }: AxiosResponse<unknown>, url: string): void {
  const { res } = Object(request) as Answered;
  if (res) res.responseUrl ??= url;
}

/**
 * Where an answer came from, which is another URL where an adapter has followed a redirect by itself.
 * @param response The answer.
 * @param url What was asked for, and where it came from as far as the adapter does not tell.
 */
export function answeredFrom({ request }: AxiosResponse<unknown>, url: string): URL {
  const { res, responseURL } = Object(request) as Answered;
  const from = new URL(res?.responseUrl ?? responseURL ?? '', url); // itself where they are empty
  from.hash = '';
  return from;
}

/** The headers of a response, of whatever adapter. */
export function headersOf({ headers }: AxiosResponse<unknown>): Headers {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Headers(pairs);
}

/** Frees the connection of a response that no one reads. */
export function discard({ data }: AxiosResponse<unknown>): void {
  const stream = Object(data) as { destroy?: () => void; cancel?: () => Promise<void> };
  if (stream.cancel) stream.cancel().catch(() => undefined);
  else stream.destroy?.();
}
