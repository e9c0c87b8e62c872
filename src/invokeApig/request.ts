/** From what an app passes to `invokeApig` to what is sent, and from the response to what the app gets. */
import { ApigError, AuthError, RequestError, SigV4ClientError } from '../errors.js';
import { originOf } from '../signedFetch.js';
import { explanationOf } from '../signedFetch/explanation.js';
import type { Retry, SignedFetchInit } from '../signedFetch.js';

/** A value in the query. Arrays repeat their key; `undefined` and `null` are left out. */
export type QueryValue = string | number | boolean | bigint | null | undefined;

/** How a response is read: parsed JSON, its text, a Blob, an ArrayBuffer, or the Response itself. */
export type ResponseType = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'response';

/** One call. */
export interface ApigRequest {
  /** Below the API's URL, such as `/notes`. May carry a query. */
  readonly path: string;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Sent beside the signer's own. Default: an `Accept`, and for JSON and text a `Content-Type`, of `application/json`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Added to the query of `path`. */
  readonly queryParams?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | undefined;
  /** Sent as JSON; text, bytes, forms, Blobs and streams as they are. GET and HEAD have none. */
  readonly body?: unknown;
  /** Logs this user in first, where no one or someone else is logged in. */
  readonly login?:
    | {
        /** The name, or an alias such as the e-mail address. */
        readonly username: string;
        /** Sent to nobody: the login goes over SRP. */
        readonly password: string;
      }
    | undefined;
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, in milliseconds, retries and reading the response included. Default: for ever. */
  readonly timeout?: number | undefined;
  /**
   * When the request is sent again. Default: up to 4 attempts for what may be done twice (GET, HEAD, OPTIONS, PUT, DELETE),
   * for others only where the API surely did not act. `false`: never. A number: how many more times after the first.
   */
  readonly retry?: Retry | undefined;
  /** How the response is read. Default `json`. */
  readonly responseType?: ResponseType | undefined;
}

/**
 * The URL and options for fetch.
 * @param endpoint The API's URL.
 * @param request The call.
 * @throws AuthError `InvalidInput` for a path or query value that cannot be sent.
 */
export function toFetchArguments(endpoint: string, request: ApigRequest): [url: string, init: SignedFetchInit] {
  const { method = 'GET', body } = request;
  const headers = new Headers(request.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const { retry, signal = null } = request;
  const init: SignedFetchInit = { method: method.toUpperCase(), headers, signal, retry, timeout: timeoutOf(request) };
  if (body !== undefined && body !== null && !/^(GET|HEAD)$/i.test(method)) {
    if (isBodyInit(body)) {
      init.body = body;
    } else {
      init.body = JSON.stringify(body);
    }
    if (typeof init.body === 'string' && !headers.has('content-type')) headers.set('content-type', 'application/json');
  }
  return [toUrl(endpoint, request), init];
}

function toUrl(endpoint: string, { path, queryParams = {} }: ApigRequest): string {
  if (typeof path !== 'string' || /^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
    const came = typeof path === 'string' ? 'an absolute URL' : `a value of type ${typeof path}`;
    throw new AuthError('InvalidInput', `path: expected a path below the API's URL, such as '/notes', got ${came}`);
  }
  const [pathname = '', ...query] = path.replaceAll('#', '%23').split('?');
  const pairs = query.length > 0 ? [query.join('?')] : [];
  for (const [name, values] of Object.entries(queryParams)) {
    for (const value of Array.isArray(values) ? (values as readonly QueryValue[]) : [values as QueryValue]) {
      if (value === undefined || value === null) continue;
      if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
        throw new AuthError(
          'InvalidInput',
          `queryParams.${name}: expected text, a number, a boolean or a list of them, got a value of type ${typeof value}`,
        );
      }
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    }
  }
  const url = `${endpoint.replace(/\/+$/, '')}/${pathname.replace(/^\//, '')}`;
  return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`;
}

function timeoutOf({ timeout }: ApigRequest): number | undefined {
  if (timeout === undefined || (Number.isFinite(timeout) && timeout > 0)) return timeout;
  throw new AuthError('InvalidInput', `timeout: expected milliseconds above 0, got ${String(timeout)}`);
}

function isBodyInit(body: unknown): body is BodyInit {
  return (
    typeof body === 'string' ||
    body instanceof URLSearchParams ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof Blob ||
    body instanceof FormData ||
    body instanceof ReadableStream
  );
}

/**
 * What the app gets for a response.
 * @param response The response.
 * @param request The call.
 * @param url Where it went.
 * @throws ApigError for anything but 2xx; RequestError `InvalidResponse` for what cannot be read as asked.
 */
export async function readResponse(response: Response, request: ApigRequest, url: string): Promise<unknown> {
  const { method = 'GET', responseType = 'json' } = request;
  if (!response.ok) {
    const { status, statusText, headers } = response;
    const text = await response.text();
    const { signed, attempts = 1 } = originOf(response) ?? {};
    const explanation = await explanationOf(response, text, signed);
    const secrets = [signed?.headers['x-amz-security-token']]; // which refusals of a signature repeat
    const details = { status, statusText, headers, text, attempts, explanation, secrets };
    throw new ApigError({ method, url, ...details, request: signed, response });
  }
  if (responseType === 'response') return response;
  if (responseType !== 'json') return response[responseType]();
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const shown = response.headers.get('content-type') ?? 'no content type';
    throw new RequestError(
      'InvalidResponse',
      `${method} ${new URL(url).pathname} answered ${response.status} with ${shown} where JSON was expected. ` +
        `Pass responseType: 'text' for an API that does not answer in JSON.`,
      { method, url, attempts: originOf(response)?.attempts ?? 1, cause },
    );
  }
}

/**
 * What the app gets for a failure.
 * @param error What was caught.
 * @param request The call.
 * @param url Where it went.
 * @param attempts How often it was sent, where a response came and could not be read to its end.
 * @returns Errors of this library, and what the app's own signal gave as its reason, as they are; otherwise a RequestError.
 */
export function requestError(error: unknown, request: ApigRequest, url: string, attempts = 1): unknown {
  const { method = 'GET', timeout, signal } = request;
  if (error instanceof SigV4ClientError || signal?.aborted) return error;
  const place = `${method} ${new URL(url).pathname}`;
  const details = { method, url, attempts, cause: error };
  // What browsers call the end of a response that the call's own timeout has cut off.
  if (/^(Abort|Timeout)Error$/.test(String((error as { name?: unknown } | undefined)?.name))) {
    return new RequestError('Timeout', `${place}: no answer within ${timeout ?? 0} ms.`, details);
  }
  return new RequestError(
    'NetworkError',
    `${place}: no answer from ${new URL(url).origin}. Check the network and apiGateway.URL; in a browser, a refusal ` +
      `without CORS headers looks like this as well.`,
    details,
  );
}
