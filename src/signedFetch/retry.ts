/** When a request is sent again, and after what time. */
import { loadRefused } from './answers.js';
import { invalidOption } from '../util/index.js';
import type { Call } from './sending.js';

/** How a request is sent again. All optional. */
export interface RetryOptions {
  /** How often a request is sent in all. Default 4. */
  readonly attempts?: number | undefined;
  /**
   * Methods that may be sent again whatever went wrong: doing them twice does no harm. Default GET, HEAD, OPTIONS, PUT and
   * DELETE. Others are sent again only where the server surely did not act: it throttled, or could not be connected to. After
   * a redirect it has acted; and since Node names the address that failed, but not whose it is, a server with a name counts
   * as not connected to only where its name was not found, or with `redirect: 'manual'` or `'error'`. So does one behind a
   * proxy, or through a fetch whose errors name no address.
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

/** A request, as far as it matters for whether it may be sent again. */
export type Sent = Pick<Call, 'method' | 'url' | 'options'>;

/**
 * Gives the milliseconds to wait after a failed attempt, counted from 1; `undefined` where it was the last. Otherwise its
 * response is no longer needed, and its connection freed.
 */
export type RetryPolicy = (sent: Sent, outcome: Outcome, attempt: number, now: number) => Promise<number | undefined>;

/** Doing these twice does no harm (RFC 9110, section 9.2.2). */
export const IDEMPOTENT_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/**
 * @param retry What was given as `retry`. Default: see `RetryOptions`.
 * @throws SigV4Error `InvalidOption`
 */
export function createRetryPolicy(retry?: Retry): RetryPolicy {
  const {
    attempts = 4,
    methods = IDEMPOTENT_METHODS,
    statuses = [429, 500, 502, 503, 504],
    baseDelay = 200,
    maxDelay = 20_000,
  } = toOptions(retry);
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw invalidOption('retry', 'false, a whole number, or { attempts: 1 or more }', attempts);
  }
  for (const [name, delay] of Object.entries({ baseDelay, maxDelay })) {
    if (!(delay >= 0)) throw invalidOption(`retry.${name}`, 'milliseconds', delay);
  }
  const repeatable = new Set(methods.map((method) => method.toUpperCase()));

  async function mayRepeat(sent: Sent, outcome: Outcome): Promise<boolean> {
    const { response } = outcome;
    const isHarmless = repeatable.has(sent.method);
    // What cannot be loaded is not needed: only Node tells, and loads from its disk.
    if (!response) return isHarmless || ((await loadRefused())?.isNotConnected(outcome.failure, sent) ?? false);
    const { status } = response;
    const isListed = statuses.includes(status);
    if (isHarmless && isListed) return true;
    const mayBeThrottled = status >= 500 || [400, 403, 429].includes(status);
    return mayBeThrottled && ((await loadRefused())?.isThrottled(response, sent, isHarmless, isListed) ?? false);
  }

  return async (sent, outcome, attempt, now) => {
    if (attempt >= attempts || !(await mayRepeat(sent, outcome))) return undefined;
    const asked = outcome.response && (await loadRefused())?.leave(outcome.response, now);
    return Math.min(asked ?? Math.random() * baseDelay * 2 ** (attempt - 1), maxDelay);
  };
}

/**
 * @param all What was stated for all calls.
 * @param one What was stated for one: it goes before, but for what is `undefined`.
 */
export function mergeRetries(all: Retry | undefined, one: Retry): RetryOptions {
  const stated = Object.entries(toOptions(one)).filter(([, value]) => value !== undefined);
  return { ...toOptions(all), ...Object.fromEntries(stated) };
}

function toOptions(retry: Retry = {}): RetryOptions {
  return typeof retry === 'object' ? { ...retry } : { attempts: retry === false ? 1 : retry + 1 };
}
