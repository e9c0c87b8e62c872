/** Turns a config of axios into a request that can be signed, and the signed request into a config. */
import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import type { HttpRequest } from '../signedFetch/index.js';
import { checkBoundary, SigV4Error } from '../sigv4/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { sendsBodyOfGet } from './adapter.js';
import type { Adapter } from './adapter.js';
import { readBody } from './body.js';

/**
 * Reads the request that is to be signed.
 * @param config A config that has been through all interceptors and transforms.
 * @param uri The config's URL, with its query.
 * @param adapter The adapter that was chosen for it.
 * @throws SigV4Error for what cannot be signed; it names the option
 */
export async function readConfig(
  config: InternalAxiosRequestConfig,
  uri: string,
  adapter: Adapter,
): Promise<HttpRequest> {
  const method = (config.method ?? 'get').toUpperCase();
  const headers = toHeaders(config.headers.toJSON(true));
  const { bytes, type } = await readBody(config.data);
  const isGet = method === 'GET' || method === 'HEAD';
  const body = isGet && bytes?.length === 0 ? undefined : bytes;
  if (isGet && body && !sendsBodyOfGet(adapter)) {
    const expected = "one that has a body, such as POST: only axios's http adapter, in Node, sends the data of a GET";
    throw new SigV4Error('InvalidMethod', 'method', expected, method);
  }
  // A form's type does not count as stated by the app, since axios itself adds it where the app states none.
  const isStated = !/^(application\/x-www-form-urlencoded|multipart\/form-data\b.*)?$/i.test(
    headers.get('content-type') ?? '',
  );
  if (type !== undefined && !isStated) headers.set('content-type', type);
  if (body) checkBoundary(headers.get('content-type'));
  return { method, url: toUrl(uri), headers, body };
}

/**
 * Turns headers into those of fetch.
 * @param given The values, by name.
 * @throws SigV4Error `InvalidHeader`
 */
export function toHeaders(given: object): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    try {
      headers.set(name, String(value));
    } catch {
      throw new SigV4Error('InvalidHeader', `headers['${name}']`, 'a legal name, and a line of Latin-1 text', value);
    }
  }
  return headers;
}

function toUrl(uri: string): URL {
  try {
    return new URL(uri, (globalThis as { location?: { href: string } }).location?.href);
  } catch (cause) {
    throw new SigV4Error('InvalidEndpoint', 'url', 'an absolute URL, or a path below an absolute baseURL', uri, cause);
  }
}

/**
 * Makes the config that sends a signed request.
 * @param config The config of the app.
 * @param sent The signed request.
 * @returns A new config.
 */
export function toSent(
  config: InternalAxiosRequestConfig,
  { url, method, headers, body }: SignedRequest,
): AxiosRequestConfig {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const sent: AxiosRequestConfig = {
    ...config,
    url,
    method,
    headers: isTyped ? headers : { ...headers, 'content-type': false }, // otherwise axios adds one
    transformRequest: [],
    transformResponse: [],
  };
  delete sent.adapter;
  delete sent.baseURL;
  delete sent.params;
  delete sent.paramsSerializer;
  delete sent.auth;
  delete sent.data;
  if (ArrayBuffer.isView(body)) sent.data = body.buffer;
  return sent;
}
