/** Calls the API behind the gateway. */
import { sleep } from '../../util/index.js';
import type { WireInfo } from '../http/index.js';

/** The request as the API sees it: without the stage, and without what was there for the signature only. */
export function requestForApi(request: Request, path: string, wire: WireInfo): Request {
  const { origin, search } = new URL(request.url);
  const query = search
    .slice(1)
    .split('&')
    .filter((part) => !/^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)=/.test(part))
    .join('&');
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  headers.delete('x-amz-security-token');
  const { method, signal } = request;
  const hasBody = wire.rawBody.length > 0 && method !== 'GET' && method !== 'HEAD';
  const url = `${origin}${path}${query === '' ? '' : `?${query}`}`;
  return new Request(url, { method, headers, signal, ...(hasBody ? { body: wire.rawBody as BodyInit } : {}) });
}

/** The API did not answer in time. */
export class ApiTimeout extends Error {
  override readonly name = 'ApiTimeout';
}

/**
 * Calls the API with a request of its own, whose signal is aborted when the time is up, and when the caller hangs up: also
 * later on, while the answer streams.
 * @param request The caller's request.
 * @param milliseconds How long the API may take until its answer begins.
 * @param call Calls the API.
 * @throws {@link ApiTimeout}, and what the API throws
 */
export async function callWithin<T>(
  request: Request,
  milliseconds: number,
  call: (request: Request) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(request.signal.reason);
  };
  if (request.signal.aborted) abort();
  request.signal.addEventListener('abort', abort, { once: true });
  const time = sleep(milliseconds);
  const timeout = time.promise.then((): never => {
    const error = new ApiTimeout(`The API did not answer within ${milliseconds} ms`);
    controller.abort(error);
    throw error;
  });
  try {
    return await Promise.race([call(new Request(request, { signal: controller.signal })), timeout]);
  } finally {
    time.stop();
  }
}

/** Whether a value is a `Response`, of whatever make: frameworks bring their own. */
export function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'body' in value;
}
