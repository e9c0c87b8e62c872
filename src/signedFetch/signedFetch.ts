/** `createSignedFetch`: a function with fetch's own signature that signs what it sends. */
import { checkTimeout, invalidOption } from '../util/index.js';
import { readFetchArguments } from './fetchArguments.js';
import type { FetchInput } from './fetchArguments.js';
import { createRetryPolicy, mergeRetries } from './retryPolicy.js';
import { sendRequest } from './send.js';
import { checkSigningOptions, createRequestSigner } from './signer.js';
import type { Retry, SigningOptions } from './types.js';

/** Options of `createSignedFetch` that can be stated for a single call as well. */
export interface CallOptions {
  /**
   * When and how often a request is sent again. Default: up to 4 attempts in all, see `RetryOptions`; `false`: never. The options of
   * a call go before those for all calls.
   */
  readonly retry?: Retry | undefined;
  /**
   * How long a call may take, in milliseconds: all attempts, the waits between them, and reading the response's body.
   * Default: for ever.
   */
  readonly timeout?: number | undefined;
}

/** Options of `createSignedFetch`. */
export interface SignedFetchOptions extends SigningOptions, CallOptions {
  /**
   * Sends the requests. Default: the global `fetch`. It is called with `redirect: 'manual'`, and should not follow redirects then.
   * Since it may do so all the same, a POST is sent again only where the answer shows that there was none, see `RetryOptions`.
   */
  readonly fetch?: typeof fetch | undefined;
}

/** The second argument of a signed fetch: that of fetch, with `retry` and `timeout` as well. */
export type SignedFetchInit = RequestInit & CallOptions;

/**
 * A function with fetch's own signature that signs what it sends.
 * @param input The URL, or a Request.
 * @param init Options of fetch, and `retry` and `timeout` in milliseconds. Default: a GET.
 * @returns The response, whatever its status; after retries, the last one.
 * @throws RequestError `NetworkError`, `Timeout`, `InvalidResponse`; SigV4Error for arguments that cannot be used; TypeError where
 *   fetch refuses them together, such as a GET with a body; the signal's reason, and what the credentials' provider threw, unchanged
 * @see https://fetch.spec.whatwg.org/#fetch-method
 * @example
 * const response = await signedFetch(url, { method: 'POST', body: JSON.stringify({ text: 'Hello' }), timeout: 10_000 });
 */
export type SignedFetch = (input: FetchInput, init?: SignedFetchInit) => Promise<Response>;

/**
 * Makes a function with fetch's own signature that signs what it sends, to call or to pass to any library that takes a `fetch`.
 *
 * Bodies of every kind that fetch takes are read into memory once, and sent as signed. Each attempt is signed anew. A signature that
 * is refused for its date corrects the clock; credentials that are refused as expired or unknown are asked for again with
 * `forceRefresh`. Each of the two is done once for a call, and the request sent again, even with `retry: false`. A POST or PATCH is
 * sent again only where the gateway itself refused it, so that it has not reached the API: where `x-amzn-errortype` says so, or, on a
 * page that cannot see this header of another origin, where a 403 says it in AWS's exact words.
 *
 * Redirects are followed as fetch does it. Within the origin, the next request is signed anew. Another origin gets nothing of the
 * signature, nor `Cookie`, `x-amz-…` headers and API keys, and nothing is signed any more after that. In pages, which cannot see where
 * a redirect leads, the call rejects with a RequestError that says so; so it does where your own `fetch`, or React Native's, has
 * followed one to another origin by itself. `redirect: 'manual'` and `'error'` mean what they mean to fetch. After a redirect, a POST
 * or PATCH is never sent again. Node's `dispatcher` is taken from the options, not from a Request.
 *
 * @param options Credentials, region, service, retries, timeout, clock …
 * @returns A function that resolves with the response whatever its status; after retries, with the last one. It rejects with
 *   a `RequestError` (`NetworkError`, `Timeout`, and `InvalidResponse` for a redirect that cannot be followed), which tells the number
 *   of `attempts`, and an `explanation` where a browser may be hiding a refusal; with a SigV4Error for arguments that cannot be used,
 *   and a TypeError where fetch refuses them together, such as a GET with a body; with the signal's reason, and what the credentials'
 *   provider threw, unchanged.
 * @throws SigV4Error `InvalidOption` for options that cannot be used or are not known; `InvalidCredentials` for an object without keys
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * const identityPoolId = 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef';
 * const signedFetch = createSignedFetch({ credentials: fromCognitoIdentityPool({ identityPoolId }) }); // of AWS SDK v3
 * const response = await signedFetch('https://abc.execute-api.eu-west-1.amazonaws.com/dev/notes', { timeout: 10_000 });
 */
export function createSignedFetch(options: SignedFetchOptions): SignedFetch {
  checkSigningOptions(options, ['fetch', 'retry', 'timeout']);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throw invalidOption('fetch', 'a function', options.fetch);
  }
  const sender = { signer: createRequestSigner(options), fetch: options.fetch };
  const defaultPolicy = createRetryPolicy(options.retry);
  const defaultTimeout = checkTimeout(options.timeout);

  return async (input, init) => {
    const retry = init?.retry;
    const retryPolicy = retry === undefined ? defaultPolicy : createRetryPolicy(mergeRetries(options.retry, retry));
    const timeout = checkTimeout(init?.timeout) ?? defaultTimeout;
    return sendRequest(
      { ...readFetchArguments(input, init), retryPolicy, timeout },
      (response) => response,
      () => sender,
    );
  };
}
