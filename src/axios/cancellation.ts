/** The two ways in which an app ends a request of axios: a signal, and the older cancel token. */
import type { InternalAxiosRequestConfig } from 'axios';

/** A cancel token, which axios's types do not show in full. */
interface CancelToken {
  readonly reason?: unknown;
  subscribe?(listener: () => void): void;
  unsubscribe?(listener: () => void): void;
}

/** A signal for a request. */
export interface Ending {
  /** `undefined` if the app gave no signal and no cancel token that can be listened to. */
  readonly signal: AbortSignal | undefined;
  /** Stops listening to the cancel token. */
  readonly end: () => void;
}

/**
 * Makes one signal of both. What it is aborted with does not matter: axios itself makes its own error of it.
 * @param config The request's config.
 */
export function followSignals(config: InternalAxiosRequestConfig): Ending {
  const signal = config.signal as AbortSignal | undefined;
  const token = config.cancelToken as CancelToken | undefined;
  if (!token?.subscribe) return { signal, end: () => undefined };
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  token.subscribe(abort); // calls it at once where it was cancelled before
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  return {
    signal: controller.signal,
    end() {
      token.unsubscribe?.(abort);
      signal?.removeEventListener('abort', abort);
    },
  };
}
