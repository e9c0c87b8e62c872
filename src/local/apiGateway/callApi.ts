/** Calls the API behind the gateway. */
import { sleep } from '../../util/index.js';
import type { Verified } from '../../verify/index.js';
import { endToEnd, isMadeByGateway } from './headers.js';

/**
 * Makes the request that the API gets: what was verified, without the stage, and without the headers of the signature and of the
 * connection.
 * @param request The caller's request, from which headers and signal are taken.
 * @param verified The result of the verification.
 * @param path The verified path, without the stage.
 * @param body The body as received; empty for GET and HEAD, with which a `Request` has none.
 */
export function requestForApi(request: Request, verified: Verified, path: string, body: Uint8Array): Request {
  const headers = new Headers(
    endToEnd(request.headers, verified.signedHeaders).filter(([name]) => !isMadeByGateway(name)),
  );
  headers.delete('authorization');
  headers.delete('x-amz-security-token');
  if (body.length > 0) headers.set('content-length', String(body.length));
  const { method, host, target } = verified;
  const url = `http://${host}${path}${target.slice(verified.path.length)}`;
  const { signal } = request;
  return new Request(url, { method, headers, signal, ...(body.length > 0 ? { body: body as BodyInit } : {}) });
}

/**
 * The header lines of the caller's request that the API's request still has, as they were sent.
 * @param request The request for the API.
 * @param lines The header lines of the caller's request.
 */
export const linesOf = (request: Request, lines: readonly [string, string][]): [string, string][] =>
  lines.filter(([name]) => request.headers.has(name));

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
