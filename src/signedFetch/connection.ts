/** Was the server never connected to? Then no one can have acted on the request. */

/** Node's codes for connections that never came to be. Browsers do not tell. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|ENOTFOUND)$/;
/** These can end a connection as well, after the request was sent. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/;
/** How deep causes are looked into: they may form a circle. */
const MAX_DEPTH = 4;

/** Node's errors of connections, and what they hang on. */
type ConnectError = Readonly<Record<'code' | 'syscall' | 'cause' | 'errors', unknown>>;

/**
 * Whether what fetch threw says that no connection came to be. Whose, it cannot tell: it is the request's own server's only
 * where fetch has followed no redirect.
 * @param failure What fetch threw.
 */
export function wasNeverConnected(failure: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const { code, syscall, cause, errors } = Object(failure) as ConnectError;
  // A host with several addresses: an error for each.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((each) => wasNeverConnected(each, depth + 1));
  }
  const isUnreachable = syscall === 'connect' && UNREACHABLE.test(String(code));
  return isUnreachable || NOT_CONNECTED.test(String(code)) || wasNeverConnected(cause, depth + 1);
}
