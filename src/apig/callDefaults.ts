/** Options of an instance that hold for all its calls. */
import { mergeRetries } from '../signedFetch/index.js';
import type { CallInput, Retry } from '../signedFetch/index.js';
import type { ApigRequest } from './apiRequest.js';

/** Options for all calls of an instance. The options of a call go before them. */
export interface CallDefaults {
  /** When a request is sent again. `false`: never. Default: up to 4 attempts in all, see `RetryOptions`. */
  readonly retry?: Retry | undefined;
  /** How long a call may take, in milliseconds. Default: for ever. */
  readonly timeout?: number | undefined;
  /** Headers to send with every call; a call's own header of the same name, in any case, replaces one of these. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The names of `CallDefaults`. */
export const CALL_DEFAULTS = Object.keys({ retry: true, timeout: true, headers: true } satisfies Record<
  keyof CallDefaults,
  true
>);

/**
 * Joins the options for all calls and those of a call.
 * @param defaults The options for all calls.
 * @param request The call, as the app states it.
 * @throws SigV4Error `InvalidOption` for a `retry` that cannot be used
 */
export function withDefaults(
  defaults: CallDefaults,
  request: ApigRequest,
): ApigRequest & Pick<CallInput, 'defaultHeaders' | 'accept'> {
  const { retry, timeout, headers } = defaults;
  return {
    ...request,
    defaultHeaders: headers,
    accept: request.responseType === 'events' ? 'text/event-stream' : undefined,
    timeout: request.timeout ?? timeout,
    retry: request.retry === undefined ? retry : mergeRetries(retry, request.retry),
  };
}
