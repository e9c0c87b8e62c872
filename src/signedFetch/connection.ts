/** Tells whether there was never a connection to the server, so that it cannot have acted on the request. */

/** Node's error codes where no connection was made. Browsers give no such codes. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|ENOTFOUND)$/;
/** Codes that count only with the call `connect`, since they can also end a connection after the request was sent. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/;
/** How many causes deep to look: causes may form a circle. */
const MAX_DEPTH = 4;

/** The properties of Node's errors that are read here. */
type ConnectError = Readonly<Record<'code' | 'syscall' | 'cause' | 'errors', unknown>>;

/**
 * Whether fetch's error says that no connection was made. It does not say to which server: where fetch has followed a redirect, it
 * may be another one than the request's own.
 * @param failure What fetch threw.
 */
export function wasNeverConnected(failure: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const { code, syscall, cause, errors } = Object(failure) as ConnectError;
  // For a host with several addresses, there is an error for each.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((each) => wasNeverConnected(each, depth + 1));
  }
  const isUnreachable = syscall === 'connect' && UNREACHABLE.test(String(code));
  return isUnreachable || NOT_CONNECTED.test(String(code)) || wasNeverConnected(cause, depth + 1);
}
