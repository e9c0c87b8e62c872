/** When a request is sent again, and after what time. */
import { SigV4Error } from '../sigV4Client.js';
import { errorType } from './refusal.js';

/** How a request is sent again. All optional. */
export interface RetryOptions {
  /** How often a request is sent in all. Default 4. */
  readonly attempts?: number | undefined;
  /**
   * Methods that may be sent again whatever went wrong: doing them twice does no harm. Default GET, HEAD, OPTIONS, PUT and
   * DELETE. Others are sent again only where the server surely did not act: it throttled, or could not be connected to.
   */
  readonly methods?: readonly string[] | undefined;
  /** Default 429, 500, 502, 503, 504. */
  readonly statuses?: readonly number[] | undefined;
  /** The first wait is a random time up to this, in milliseconds, and each further one up to twice the last. Default 200. */
  readonly baseDelay?: number | undefined;
  /** No wait is longer, in milliseconds, not even for `Retry-After`. Default 20,000. */
  readonly maxDelay?: number | undefined;
}

/** `false`: never. A number: how many more times after the first; `2` is `{ attempts: 3 }`. */
export type Retry = false | number | RetryOptions;

/** What came of sending a request: a response, or the network's error. */
export type Outcome = { readonly response: Response } | { readonly failure: unknown };

/** Gives the milliseconds to wait after a failed attempt, counted from 1; `undefined` where it was the last. */
export type RetryPolicy = (method: string, outcome: Outcome, attempt: number, now: number) => number | undefined;

const THROTTLED =
  /^(BandwidthLimitExceeded|EC2ThrottledException|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Throttled(Exception)?|Throttling(Exception)?|TooManyRequestsException)$/;

/** Node's codes for connections that never came to be. Browsers do not tell. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|UND_ERR_CONNECT_TIMEOUT)$/;

/**
 * @param retries What was given as `retry`; what the later ones state goes before. Default: see `RetryOptions`.
 * @throws SigV4Error `InvalidOption`
 */
export function createRetryPolicy(...retries: (Retry | undefined)[]): RetryPolicy {
  const options: RetryOptions = retries.reduce<RetryOptions>((all, retry) => ({ ...all, ...toOptions(retry) }), {});
  const {
    attempts = 4,
    methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'],
    statuses = [429, 500, 502, 503, 504],
    baseDelay = 200,
    maxDelay = 20_000,
  } = options;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new SigV4Error('InvalidOption', 'retry', 'false, a whole number, or { attempts: 1 or more }', attempts);
  }
  for (const [name, delay] of Object.entries({ baseDelay, maxDelay })) {
    if (!(delay >= 0)) throw new SigV4Error('InvalidOption', `retry.${name}`, 'milliseconds', delay);
  }
  const repeatable = new Set(methods.map((method) => method.toUpperCase()));

  function mayRepeat(method: string, outcome: Outcome): boolean {
    if ('failure' in outcome) return repeatable.has(method) || isNotConnected(outcome.failure);
    const { status, headers } = outcome.response;
    const isThrottled = status >= 400 && THROTTLED.test(errorType(headers.get('x-amzn-errortype') ?? ''));
    const isUntouched = isThrottled || status === 429;
    return (isThrottled || statuses.includes(status)) && (isUntouched || repeatable.has(method));
  }

  return (method, outcome, attempt, now) => {
    if (attempt >= attempts || !mayRepeat(method, outcome)) return undefined;
    const asked = 'response' in outcome ? retryAfter(outcome.response.headers, now) : undefined;
    return Math.min(asked ?? Math.random() * baseDelay * 2 ** (attempt - 1), maxDelay);
  };
}

function toOptions(retry: Retry = {}): RetryOptions {
  return typeof retry === 'object' ? retry : { attempts: retry === false ? 1 : retry + 1 };
}

/** RFC 9110, section 10.2.3: seconds, or a date, which is measured by the server's own clock where it shows that. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - (Date.parse(headers.get('date') ?? '') || now);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

function isNotConnected(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return (typeof code === 'string' && NOT_CONNECTED.test(code)) || isNotConnected(cause, depth + 1);
}
