/** When a request is sent again, and after what time. */
import { loadRefused } from './answers.js';
import { invalidOption } from './options.js';

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

/** What came of sending a request: a response, or an error. */
export type Outcome = { readonly response: Response } | { readonly response?: undefined; readonly failure: unknown };

/** Gives the milliseconds to wait after a failed attempt, counted from 1; `undefined` where it was the last. */
export type RetryPolicy = (
  method: string,
  outcome: Outcome,
  attempt: number,
  now: number,
) => Promise<number | undefined>;

/** Doing these twice does no harm (RFC 9110, section 9.2.2). */
export const IDEMPOTENT_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/**
 * @param retries What was given as `retry`; what the later ones state goes before. Default: see `RetryOptions`.
 * @throws SigV4Error `InvalidOption`
 */
export function createRetryPolicy(...retries: (Retry | undefined)[]): RetryPolicy {
  const {
    attempts = 4,
    methods = IDEMPOTENT_METHODS,
    statuses = [429, 500, 502, 503, 504],
    baseDelay = 200,
    maxDelay = 20_000,
  } = Object.assign({}, ...retries.map(toOptions)) as RetryOptions;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw invalidOption('retry', 'false, a whole number, or { attempts: 1 or more }', attempts);
  }
  for (const [name, delay] of Object.entries({ baseDelay, maxDelay })) {
    if (!(delay >= 0)) throw invalidOption(`retry.${name}`, 'milliseconds', delay);
  }
  const repeatable = new Set(methods.map((method) => method.toUpperCase()));

  async function mayRepeat(method: string, outcome: Outcome): Promise<boolean> {
    const { response } = outcome;
    // What cannot be loaded is not needed: only Node tells, and loads from its disk.
    if (!response) return repeatable.has(method) || ((await loadRefused())?.isNotConnected(outcome.failure) ?? false);
    const { status } = response;
    const isHarmless = status === 429 || repeatable.has(method);
    if (isHarmless && statuses.includes(status)) return true;
    const mayBeThrottled = status >= 500 || [400, 403, 429].includes(status);
    return mayBeThrottled && ((await loadRefused())?.isThrottled(response) ?? false);
  }

  return async (method, outcome, attempt, now) => {
    if (attempt >= attempts || !(await mayRepeat(method, outcome))) return undefined;
    const asked = outcome.response && (await loadRefused())?.retryAfter(outcome.response, now);
    return Math.min(asked ?? Math.random() * baseDelay * 2 ** (attempt - 1), maxDelay);
  };
}

function toOptions(retry: Retry = {}): RetryOptions {
  return typeof retry === 'object' ? retry : { attempts: retry === false ? 1 : retry + 1 };
}
