/** From a path below an endpoint, a query and a body of any kind to what is signed and sent. */
import { newClient, SigV4Error } from '../sigv4/index.js';
import type {
  HashEngine,
  HeaderParams,
  QueryParams,
  RequestBody,
  RequestToSign,
  SignedRequest,
} from '../sigv4/index.js';
import { kindOf, openBody, readBytes, refusal, toBytes } from './body.js';
import { checkSignal, checkTimeout } from '../util/index.js';
import { createRetryPolicy } from './retry.js';
import type { Retry } from './retry.js';
import type { Call } from './sending.js';

/** A call as an app states it. */
export interface DraftRequest {
  readonly path: string | undefined;
  readonly method?: string | undefined;
  readonly headers?: HeaderParams | undefined;
  readonly queryParams?: QueryParams | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
  readonly timeout?: number | undefined;
  readonly retry?: Retry | undefined;
}

/** Stands in for the hashes of a signature that nobody sees. */
const NO_HASH: HashEngine = { sha256: () => '', hmac: () => () => '' };

/** What the signer states as Content-Type where the call states none: nothing that a call could state itself. */
const UNSTATED = String(Math.random());

/**
 * Has the signer itself check and serialize calls, before there are any keys: it signs them with none, and no hash.
 * @param endpoint The API's URL.
 * @returns A function that throws SigV4Errors for calls that cannot be sent.
 */
export function createDrafts(endpoint: string): (request: DraftRequest) => Call {
  const defaultPolicy = createRetryPolicy();
  const none = 'none';
  const config = { accessKey: none, secretKey: none, hash: NO_HASH, defaultContentType: UNSTATED };
  const client = newClient({ ...config, endpoint: new URL(endpoint).href.replace(/\/+$/, '') });

  function sign(request: RequestToSign): SignedRequest {
    try {
      return client.signRequest(request);
    } catch (error) {
      const { code, cause } = error as SigV4Error;
      throw code === 'InvalidBody' ? refusal(request.body, cause) : error; // more goes than with the signer alone
    }
  }

  return ({ path, method, headers: given, queryParams, body: content, signal, timeout, retry }) => {
    if (typeof path !== 'string') throw new SigV4Error('InvalidPath', 'path', "a path below the API's URL", path);
    const isRead = /^(Blob|File|FormData|ReadableStream)$/.test(kindOf(content));
    const signed = sign({
      method,
      path: path.replace(/^(?=\?|$)/, '/'), // below the API's URL: the signer takes none for the URL itself
      headers: given,
      queryParams,
      body: isRead ? undefined : (content as RequestBody),
    });
    if (/^(CONNECT|TRACE|TRACK)$/.test(signed.method)) {
      throw new SigV4Error('InvalidMethod', 'method', 'an HTTP method that fetch sends', signed.method);
    }
    const headers = new Headers(signed.headers); // this signature's give way to the real one's
    let body: Call['body'] = signed.body === undefined ? undefined : toBytes(signed.body);
    let type = typeof signed.body === 'string' ? 'application/json' : undefined;
    if (isRead && !/^(GET|HEAD)$/.test(signed.method)) {
      const opened = openBody(content);
      type = opened.headers.get('content-type') ?? undefined;
      body = async (signal) => readBytes(opened, signal);
    }
    if (headers.get('content-type') === UNSTATED) {
      if (type === undefined) headers.delete('content-type');
      else headers.set('content-type', type);
    }
    return {
      method: signed.method,
      url: new URL(signed.url),
      headers,
      body,
      signal: checkSignal(signal),
      policy: retry === undefined ? defaultPolicy : createRetryPolicy(retry),
      timeout: checkTimeout(timeout),
    };
  };
}
