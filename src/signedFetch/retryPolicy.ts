/** Decides whether a request is sent again, and after what time. */
import { checkKnown, typeTag } from '../sigv4/index.js';
import { backoffDelay, invalidOption, parseHttpDate } from '../util/index.js';
import { wasNeverConnected } from './connection.js';
import { headerOf } from './response.js';
import { isGatewayThrottle, isThrottled } from './throttling.js';
import type { Outcome, RepeatableRequest, Retry, RetryOptions, RetryPolicy } from './types.js';

/** Methods that may be done twice without harm (RFC 9110, section 9.2.2). */
export const IDEMPOTENT_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

const RETRY_OPTIONS = ['attempts', 'methods', 'statuses', 'baseDelay', 'maxDelay'];

/**
 * Makes a policy.
 * @param retry What was given as `retry`. Default: see `RetryOptions`.
 * @throws SigV4Error `InvalidOption`
 */
export function createRetryPolicy(retry?: Retry): RetryPolicy {
  const { attempts, methods, statuses, baseDelay, maxDelay } = checkRetryOptions(toOptions(retry));
  const repeatable = new Set(methods.map((method) => method.toUpperCase()));

  async function mayRepeat(request: RepeatableRequest, outcome: Outcome): Promise<boolean> {
    const { response, mayHaveActed } = outcome;
    const isHarmless = repeatable.has(request.method);
    if (!isHarmless && mayHaveActed) return false;
    if (!response) return isHarmless || wasNeverConnected(outcome.failure);
    const isListed = statuses.includes(response.status);
    if (isHarmless && isListed) return true;
    if (response.status === 429 && isListed && (await isGatewayThrottle(response, request.url))) return true;
    return isThrottled(response, request.url, isHarmless);
  }

  return async (request, outcome, attempt, now) => {
    if (attempt >= attempts || !(await mayRepeat(request, outcome))) return undefined;
    const asked = outcome.response && retryAfter(outcome.response, now);
    return Math.min(asked ?? backoffDelay(attempt, baseDelay), maxDelay);
  };
}

/**
 * How long the server asks to wait, in milliseconds, by `Retry-After` (RFC 9110, section 10.2.3): in seconds, or until a date, which
 * is compared with the server's own `Date` where there is one. `undefined` where it does not ask, or the header has another form.
 */
function retryAfter(response: Response, now: number): number | undefined {
  const value = headerOf(response, 'retry-after');
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = parseHttpDate(value);
  return date && Math.max(date - (parseHttpDate(headerOf(response, 'date')) ?? now), 0);
}

/**
 * Joins the options for all calls and those for one call, which go before them unless they are `undefined`.
 * @param all What was stated for all calls.
 * @param one What was stated for one.
 * @throws SigV4Error `InvalidOption` for a `retry` of another form
 */
export function mergeRetries(all: Retry | undefined, one: Retry): RetryOptions {
  const stated = Object.entries(toOptions(one)).filter(([, value]) => value !== undefined);
  return { ...toOptions(all), ...Object.fromEntries(stated) };
}

/** Turns each form of `retry` into options. */
function toOptions(given?: Retry | null): RetryOptions {
  const retry = given ?? {};
  if (retry === false) return { attempts: 1 };
  if (typeTag(retry) === 'Object') return { ...(retry as RetryOptions) };
  if (typeof retry === 'number' && Number.isInteger(retry) && retry >= 0) return { attempts: retry + 1 };
  throw invalidRetry(retry);
}

const invalidRetry = (came: unknown): Error =>
  invalidOption('retry', 'false, a whole number, or { attempts: 1 or more }', came);

/** Checks the options, and fills in the defaults. */
function checkRetryOptions(options: RetryOptions) {
  checkKnown(options, RETRY_OPTIONS, invalidOption, 'retry');
  const {
    attempts = 4,
    methods = IDEMPOTENT_METHODS,
    statuses = [429, 500, 502, 503, 504],
    baseDelay = 200,
    maxDelay = 20_000,
  } = options;
  if (!Number.isInteger(attempts) || attempts < 1) throw invalidRetry(attempts);
  for (const [name, list] of Object.entries({ methods, statuses })) {
    if (!Array.isArray(list)) throw invalidOption(`retry.${name}`, 'an array', list);
  }
  const odd = methods.find((method: unknown) => typeof method !== 'string');
  if (odd !== undefined) throw invalidOption('retry.methods', 'texts such as POST', odd);
  const noStatus = statuses.find((status) => !Number.isInteger(status));
  if (noStatus !== undefined) throw invalidOption('retry.statuses', 'numbers such as 503', noStatus);
  for (const [name, delay] of Object.entries({ baseDelay, maxDelay })) {
    const isDelay = typeof delay === 'number' && delay >= 0 && (delay < Infinity || name === 'maxDelay');
    if (!isDelay) throw invalidOption(`retry.${name}`, 'milliseconds', delay);
  }
  return { attempts, methods, statuses, baseDelay, maxDelay };
}
