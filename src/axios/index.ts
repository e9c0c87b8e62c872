/** Signs what an axios instance sends. Needs axios's types only: it works on the instance that it is given. */
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import {
  checkSigningOptions,
  createRequestSigner,
  IDEMPOTENT_METHODS,
  REFUSAL_STATUSES,
} from '../signedFetch/index.js';
import type { AttemptSigner, HttpRequest, SigningOptions } from '../signedFetch/index.js';
import { SigV4Error, typeTag } from '../sigv4/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { readBody } from './body.js';

export { createClock } from '../signedFetch/index.js';
export type {
  AwsCredentials,
  Clock,
  CredentialContext,
  CredentialProvider,
  SigningOptions,
} from '../signedFetch/index.js';

type Adapter = AxiosRequestConfig['adapter'];

/**
 * Signs every request of an axios instance, with an interceptor.
 *
 * It signs what axios really sends: the adapter is wrapped, so that all interceptors and `transformRequest` have run, and
 * gets the bytes and the URL that were signed. FormData, Blobs and streams are read into memory; GET and HEAD have no body.
 * A request that is sent again, as axios-retry does, is signed again. As with `createSignedFetch`, a signature refused for
 * its date corrects the clock, credentials refused as expired or unknown are renewed, and the request is sent once more.
 * The `request` of responses and errors, which holds the signature and the session token, is not enumerable: logs of them
 * do not show it. Where a refusal repeats the token, which API Gateway does, `response.data` has `[hidden]` in its place, but
 * only where it is text or JSON: bytes, Blobs and streams are as they came.
 *
 * @param instance `axios` itself, or what `axios.create` gave; axios 1.x with any of its adapters.
 * @param options Credentials, region, service, clock …
 * @returns A function that removes the interceptor.
 * @throws SigV4Error for options that cannot be used; requests reject with it where they cannot be signed.
 * @example
 * const api = axios.create({ baseURL: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const stop = signAxios(api, { credentials });
 * const { data } = await api.get('/notes', { params: { limit: 10 } });
 */
export function signAxios(instance: AxiosInstance, options: SigningOptions): () => void {
  checkSigningOptions(options);
  const signer = createRequestSigner(options);
  // An instance without interceptors or defaults: finds the adapter by its name and calls it, and adds nothing of its own.
  const sender = instance.create();
  for (const name of Object.keys(sender.defaults)) Reflect.deleteProperty(sender.defaults, name);

  async function send(config: InternalAxiosRequestConfig, adapter: Adapter): Promise<AxiosResponse> {
    const attempts = signer.forRequest(await readConfig(config, sender.getUri(config)));
    for (;;) {
      const signed = await attempts.sign();
      const { response, error } = await settle(sender.request(toSigned(config, adapter, signed)), config, signed);
      if (response && !hasActed(response, signed) && (await recover(attempts, response))) continue;
      if (error !== undefined || !response) throw error;
      return response;
    }
  }

  const interceptor = instance.interceptors.request.use((config) => {
    const { adapter } = config;
    config.adapter = (final) => {
      setAdapter(final, adapter); // whoever sends the config again must not find it wrapped
      return send(final, adapter);
    };
    return config;
  });
  return () => {
    instance.interceptors.request.eject(interceptor);
  };
}

function setAdapter(config: AxiosRequestConfig, adapter: Adapter): void {
  if (adapter === undefined) delete config.adapter;
  else config.adapter = adapter;
}

/** What is to be signed of a config that has been through all interceptors and transforms. */
async function readConfig(config: InternalAxiosRequestConfig, uri: string): Promise<HttpRequest> {
  const method = (config.method ?? 'get').toUpperCase();
  const headers = toHeaders(config.headers.toJSON(true));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const { bytes: body, type } = hasBody ? await readBody(config.data) : { bytes: undefined, type: undefined };
  // axios states the form type where nobody stated one
  const isStated = !/^(application\/x-www-form-urlencoded|multipart\/form-data\b.*)?$/i.test(
    headers.get('content-type') ?? '',
  );
  if (type !== undefined && !isStated) headers.set('content-type', type);
  return { method, url: toUrl(uri), headers, body };
}

function toHeaders(given: object): Headers {
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

/** The config with what was signed in place of what it was signed from. */
function toSigned(config: InternalAxiosRequestConfig, adapter: Adapter, signed: SignedRequest): AxiosRequestConfig {
  const { body } = signed;
  const sent: AxiosRequestConfig = {
    ...config,
    url: signed.url,
    headers: 'content-type' in signed.headers ? signed.headers : { ...signed.headers, 'content-type': false }, // or axios states one
    transformRequest: [],
    transformResponse: [],
    // Redirects to other hosts lose the Authorization header, in Node by axios's care. The token has no business there either.
    sensitiveHeaders: [...(config.sensitiveHeaders ?? []), 'x-amz-security-token'],
  };
  delete sent.baseURL;
  delete sent.params;
  delete sent.paramsSerializer;
  delete sent.auth;
  delete sent.data;
  if (ArrayBuffer.isView(body)) sent.data = body.buffer;
  setAdapter(sent, adapter);
  return sent;
}

interface Settled {
  response?: AxiosResponse | undefined;
  error?: unknown;
}

/** Both outcomes, with the caller's config in place of the signed one: errors show it, and it may be sent again. */
async function settle(
  sending: Promise<AxiosResponse>,
  config: InternalAxiosRequestConfig,
  signed: SignedRequest,
): Promise<Settled> {
  try {
    const response = await sending;
    return { response: unsigned(response, config, signed) };
  } catch (error) {
    if (typeof error !== 'object' || error === null) return { error };
    const failed = error as { config?: InternalAxiosRequestConfig; response?: AxiosResponse };
    if (failed.config) failed.config = config;
    hide(failed, 'request');
    return { error, response: failed.response && unsigned(failed.response, config, signed) };
  }
}

function unsigned(
  response: AxiosResponse<unknown>,
  config: InternalAxiosRequestConfig,
  { headers }: SignedRequest,
): AxiosResponse {
  response.config = config;
  hide(response, 'request');
  const { status, data } = response;
  if (typeof data === 'object' && data !== null && 'pipe' in data) {
    for (const name of ['req', 'socket', 'client']) hide(data, name); // of Node's streams: what leads to the request
  }
  const token = headers['x-amz-security-token'];
  if (token && typeof data === 'string' && REFUSAL_STATUSES.includes(status)) {
    response.data = data.replaceAll(token, '[hidden]');
  }
  return response;
}

/** Keeps a property out of logs and of JSON. */
function hide(owner: object, name: string): void {
  if (Object.hasOwn(owner, name)) Reflect.defineProperty(owner, name, { enumerable: false });
}

/** Whether the server has acted: it has answered with a redirect, and then another has. axios's fetch adapter does not tell. */
function hasActed({ request, config }: AxiosResponse, { method, url }: SignedRequest): boolean {
  if (config.socketPath) return false; // of which no one knows the URL
  const { res, responseURL } = Object(request) as { res?: { responseUrl?: string }; responseURL?: string };
  const last = res?.responseUrl ?? responseURL ?? url;
  return !IDEMPOTENT_METHODS.includes(method) && new URL(last, url).href !== new URL(url).href;
}

/** Acts on a refusal; gives whether signing and sending the request again makes sense. */
async function recover(attempts: AttemptSigner, response: AxiosResponse<unknown>): Promise<boolean> {
  const { status, headers, data } = response;
  if (!REFUSAL_STATUSES.includes(status)) return false;
  const isRead = typeof data === 'string' || /^(Uint8Array|ArrayBuffer|Blob)$/.test(typeTag(data));
  if (!isRead) return false; // a stream, which is the caller's to read
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return attempts.recover(new Response(data as BodyInit, { status, headers: pairs }));
}
