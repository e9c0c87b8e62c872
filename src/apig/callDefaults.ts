/** What is stated for all calls of an instance. */
import { mergeRetries } from '../signedFetch/index.js';
import type { CallInput, Retry } from '../signedFetch/index.js';
import type { ApigRequest } from './apiRequest.js';

/** What can be stated for all calls; what a call states itself goes before it. */
export interface CallDefaults {
  /** When a request is sent again; see `ApigRequest`. */
  readonly retry?: Retry | undefined;
  /** How long a call may take, in milliseconds. Default: for ever. */
  readonly timeout?: number | undefined;
  /** Sent with every call. A call's own header of the same name, whatever its case, takes the place of one of these. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The names of these options. */
export const CALL_DEFAULTS = Object.keys({ retry: true, timeout: true, headers: true } satisfies Record<
  keyof CallDefaults,
  true
>);

/**
 * A call with what is stated for all.
 * @param defaults What is stated for all calls.
 * @param request The call as the app stated it.
 * @throws SigV4Error `InvalidOption` for a `retry` that is none
 */
export function withDefaults(
  defaults: CallDefaults,
  request: ApigRequest,
): ApigRequest & Pick<CallInput, 'defaultHeaders'> {
  const { retry, timeout, headers } = defaults;
  return {
    ...request,
    defaultHeaders: headers,
    timeout: request.timeout ?? timeout,
    retry: request.retry === undefined ? retry : mergeRetries(retry, request.retry),
  };
}
