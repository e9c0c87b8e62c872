/** Was the server never connected to? Then no one can have acted on the request. */
import type { RepeatableRequest } from './types.js';

/** Node's codes for connections that never came to be. Browsers do not tell. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|ENOTFOUND)$/;
/** These can end a connection as well, after the request was sent. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/;
/** How deep causes are looked into: they may form a circle. */
const MAX_DEPTH = 4;

/** Node's errors of connections, and what they hang on. */
type ConnectError = Readonly<
  Record<'code' | 'syscall' | 'hostname' | 'address' | 'port' | 'cause' | 'errors', unknown>
>;

/**
 * Whether what fetch threw says that no connection to the request's own server came to be.
 * @param failure What fetch threw.
 * @param request The request.
 */
export function wasNeverConnected(failure: unknown, request: RepeatableRequest, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const error = Object(failure) as ConnectError;
  const { code, syscall, cause, errors } = error;
  // A host with several addresses: an error for each.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((each) => wasNeverConnected(each, request, depth + 1));
  }
  const isUnreachable = syscall === 'connect' && UNREACHABLE.test(String(code));
  const isNamed = (NOT_CONNECTED.test(String(code)) || isUnreachable) && isOwnAddress(error, request);
  return isNamed || wasNeverConnected(cause, request, depth + 1);
}

/**
 * Whether the error is about the request's own address. About another it comes after a redirect: then someone has acted.
 * Which addresses a name has is not known, so with redirects only errors of its lookup are surely its own.
 */
function isOwnAddress({ hostname, address, port }: ConnectError, { url, init }: RepeatableRequest): boolean {
  if ((init?.redirect ?? 'follow') !== 'follow') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (hostname !== undefined) return hostname === host;
  const isHost = address === host || (host === 'localhost' && /^(127\.0\.0\.1|::1)$/.test(String(address)));
  const defaultPort = url.protocol === 'https:' ? 443 : 80;
  return isHost && Number(port) === (Number(url.port) || defaultPort);
}
