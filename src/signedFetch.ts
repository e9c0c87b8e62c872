/** A `fetch` that signs: fresh credentials, retries, a clock that corrects itself. */
import { RequestError, SigV4ClientError } from './errors.js';
import { SigV4Error } from './sigV4Client.js';
import type { SignedRequest } from './sigV4Client.js';
import { createClock } from './signedFetch/clock.js';
import { peek } from './signedFetch/answer.js';
import { explanationOfFailure } from './signedFetch/explanation.js';
import { REFUSAL_STATUSES } from './signedFetch/refusal.js';
import { openRequest } from './signedFetch/request.js';
import { createRetryPolicy } from './signedFetch/retry.js';
import type { Outcome, Retry } from './signedFetch/retry.js';
import { createSigning } from './signedFetch/signing.js';
import type { SignedCall, SigningOptions } from './signedFetch/signing.js';
import { abortable, sleep, withDeadline } from './signedFetch/waiting.js';

export { createClock };
export type { Clock } from './signedFetch/clock.js';
export type { AwsCredentials, CredentialProvider } from './signedFetch/credentials.js';
export type { Retry, RetryOptions } from './signedFetch/retry.js';
export type { SigningOptions } from './signedFetch/signing.js';

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
  /** What sends. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/** What fetch takes as its second argument, and `retry` and `timeout`. */
export type SignedFetchInit = RequestInit & CallOptions;

/** fetch's own signature. */
export type SignedFetch = (input: RequestInfo | URL, init?: SignedFetchInit) => Promise<Response>;

/** How a response came about. */
export interface ResponseOrigin {
  /** How often the request was sent. */
  readonly attempts: number;
  /** The request as it was signed and sent last. */
  readonly signed: SignedRequest;
}

const origins = new WeakMap<Response, ResponseOrigin>();

/**
 * How a response came about.
 * @param response What a signed fetch resolved with.
 * @returns The request as it was signed last, and the number of attempts; `undefined` for any other response.
 */
export const originOf = (response: Response): ResponseOrigin | undefined => origins.get(response);

/**
 * A function with fetch's own signature that signs what it sends, to call or to hand to any library that takes a `fetch`.
 *
 * Bodies of every kind that fetch takes are read once, into memory, and sent as signed. Each attempt is signed afresh. A
 * signature refused for its date sets the clock right, credentials refused as expired or unknown are asked for again with
 * `forceRefresh`: either is done once for a call, and the request sent again, with `retry: false` as well. A POST or PATCH
 * is sent again only where the gateway itself refused it, so that it has not reached the API: where `x-amzn-errortype`
 * says so, or, on a page that cannot see this header of another origin, where a 403 says it in AWS's exact words.
 *
 * Redirects are followed as fetch does it, with the signature of the first URL: the same origin refuses it for another
 * path, another one gets no `Authorization`, though it gets the session token, which is good for nothing without the secret
 * key. API Gateway itself does not redirect; for an API that does, pass `redirect: 'manual'` and call the new URL.
 *
 * @param options Credentials, region, service, retries, timeout, clock …
 * @returns A function that resolves with the response as fetch does, whatever its status, after retries the last one. It
 *   rejects with the signal's reason where that is aborted, with what the credentials' provider threw, with a `RequestError`
 *   (`NetworkError`, `Timeout`) that tells the number of `attempts`, and has an `explanation` where a browser may be hiding
 *   a refusal, and with a TypeError for what fetch would not take.
 * @throws SigV4Error for options that cannot be used
 * @example
 * const signedFetch = createSignedFetch({ credentials: fromCognitoIdentityPool({ … }) });
 * const response = await signedFetch('https://abc.execute-api.eu-west-1.amazonaws.com/dev/notes', { timeout: 10_000 });
 */
export function createSignedFetch(options: SignedFetchOptions): SignedFetch {
  const clock = options.clock ?? createClock(options.now);
  const prepare = createSigning({ ...options, clock });
  const defaultPolicy = createRetryPolicy(options.retry);
  const defaultTimeout = checkTimeout(options.timeout);

  return async (input, init) => {
    const policy = init?.retry === undefined ? defaultPolicy : createRetryPolicy(options.retry, init.retry);
    const timeout = checkTimeout(init?.timeout) ?? defaultTimeout;
    const request = openRequest(input, init);
    const { method, url } = request;
    const place = `${method} ${new URL(url).pathname}`;
    let attempts = 0;
    const signal = withDeadline(request.signal, timeout, () => {
      const message = `${place}: no answer within ${timeout ?? 0} ms${countOf(attempts)}.`;
      return new RequestError('Timeout', message, { method, url, attempts });
    });
    const send = options.fetch ?? globalThis.fetch;

    async function attempt(signed: SignedRequest): Promise<Outcome> {
      try {
        const { headers, body = null } = signed;
        const sent = { ...request.options, method, headers, body, signal } as RequestInit;
        const response = await abortable(send(signed.url, sent), signal);
        let text: Promise<string> | undefined;
        return { response, peek: () => (text ??= peek(response)) };
      } catch (failure) {
        if (signal.aborted) throw signal.reason as Error;
        if (failure instanceof SigV4ClientError) throw failure;
        return { failure };
      }
    }

    const call = prepare(await abortable(request.read(), signal));
    for (let tries = 1; ;) {
      const signed = await abortable(call.sign(), signal);
      attempts++;
      const outcome = await attempt(signed);
      if ('response' in outcome) {
        origins.set(outcome.response, { attempts, signed });
        if (await abortable(isPutRight(call, outcome), signal)) {
          discard(outcome.response);
          continue;
        }
      }
      const delay = await abortable(policy(method, outcome, tries++, clock.now()), signal);
      if (delay !== undefined) {
        if ('response' in outcome) discard(outcome.response);
        await sleep(delay, signal);
      } else if ('response' in outcome) {
        return outcome.response;
      } else {
        const message =
          `${place}: no answer from ${new URL(url).origin}${countOf(attempts)}. Check the network and the URL; in a ` +
          `browser, a refusal without CORS headers looks like this as well.`;
        const cause = outcome.failure;
        const explanation = await abortable(explanationOfFailure(cause, signed), signal);
        throw new RequestError('NetworkError', message, { method, url, attempts, cause, explanation });
      }
    }
  };
}

async function isPutRight(call: SignedCall, outcome: Extract<Outcome, { response: Response }>): Promise<boolean> {
  const { status, headers } = outcome.response;
  if (!REFUSAL_STATUSES.includes(status)) return false;
  return call.putRight({ status, header: (name) => headers.get(name) ?? '', text: await outcome.peek() });
}

/** Frees the connection. */
function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

const countOf = (attempts: number): string => (attempts > 1 ? ` in ${attempts} attempts` : '');

function checkTimeout(timeout: number | undefined): number | undefined {
  if (timeout === undefined || (Number.isFinite(timeout) && timeout > 0)) return timeout;
  throw new SigV4Error('InvalidOption', 'timeout', 'milliseconds above 0', timeout);
}
