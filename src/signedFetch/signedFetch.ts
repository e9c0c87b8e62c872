/** `createSignedFetch`: a function with fetch's own signature that signs what it sends. */
import { checkTimeout, invalidOption } from '../util/index.js';
import { readFetchArguments } from './fetchArguments.js';
import type { FetchInput } from './fetchArguments.js';
import { createRetryPolicy, mergeRetries } from './retryPolicy.js';
import { sendRequest } from './send.js';
import { checkSigningOptions, createRequestSigner } from './signer.js';
import type { Retry, SigningOptions } from './types.js';

/** What can also be stated for a single call. */
export interface CallOptions {
  /**
   * When and how often a request is sent again. Default: up to 4 attempts in all, see `RetryOptions`; `false`: never. What
   * is stated for a call goes before what is stated for all.
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
   * What sends. Default: the global `fetch`. It is asked with `redirect: 'manual'`, and is to leave redirects to us then; since
   * it may not do so, a POST is sent again only where the answer shows that there was none, see `RetryOptions`.
   */
  readonly fetch?: typeof fetch | undefined;
}

/** What fetch takes as its second argument, and `retry` and `timeout`. */
export type SignedFetchInit = RequestInit & CallOptions;

/** fetch's own signature. */
export type SignedFetch = (input: FetchInput, init?: SignedFetchInit) => Promise<Response>;

/**
 * A function with fetch's own signature that signs what it sends, to call or to hand to any library that takes a `fetch`.
 *
 * Bodies of every kind that fetch takes are read once, into memory, and sent as signed. Each attempt is signed afresh. A
 * signature refused for its date corrects the clock, credentials refused as expired or unknown are asked for again with
 * `forceRefresh`: either is done once for a call, and the request sent again, with `retry: false` as well. A POST or PATCH
 * is sent again only where the gateway itself refused it, so that it has not reached the API: where `x-amzn-errortype`
 * says so, or, on a page that cannot see this header of another origin, where a 403 says it in AWS's exact words.
 *
 * Redirects are followed as fetch does it, but by us: within the origin what they lead to is signed afresh. Another origin
 * gets nothing of the signature, nor `Cookie`, `x-amz-…` headers and API keys, and nothing is signed any more after that. A
 * page may not see where a redirect leads: there the call rejects with a RequestError that says so, and so it does after a
 * `fetch` of your own, or of React Native, has followed one to another origin by itself. `redirect: 'manual'` and `'error'` mean
 * what they mean to fetch. After a redirect, a POST or PATCH is never sent again. Node's `dispatcher` is taken from the options,
 * not from a Request.
 *
 * @param options Credentials, region, service, retries, timeout, clock …
 * @returns A function that resolves with the response as fetch does, whatever its status, after retries the last one. It
 *   rejects with the signal's reason where that is aborted, with what the credentials' provider threw, with a `RequestError`
 *   (`NetworkError`, `Timeout`, and `InvalidResponse` for a redirect that cannot be followed) that tells the number of `attempts`, and has an `explanation` where a browser may be hiding
 *   a refusal, with a SigV4Error for a `signal`, a stream or options of a call that cannot be used, and with a TypeError for
 *   what else fetch would not take.
 * @throws SigV4Error for options that cannot be used, or are not known
 * @example
 * const signedFetch = createSignedFetch({ credentials: fromCognitoIdentityPool({ … }) });
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
