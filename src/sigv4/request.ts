/** Reads a request: checks its method, path, query and headers, and gives them in the form that goes out. */
import { invalidOption } from './errors.js';
import { checkKnown, checkText } from './options.js';
import { readHeaders } from './requestHeaders.js';
import type { RequestHeaders } from './requestHeaders.js';
import { readTarget } from './requestTarget.js';
import type { Destination, PathAndQuery } from './requestTarget.js';
import type { RequestToSign } from './types.js';

/** A checked request, without its body. */
export interface ReadRequest extends PathAndQuery {
  /** The HTTP method, in upper case. */
  readonly method: string;
  readonly headers: RequestHeaders;
}

export const REQUEST_OPTIONS = ['method', 'path', 'queryParams', 'headers', 'date', 'payloadHash'];

/**
 * Reads a request. It is read only here, so that what was checked is what is signed and sent.
 * @param destination Where it goes.
 * @param request What the app states.
 * @param options The names of the options that it may have.
 * @throws SigV4Error `InvalidMethod`, `InvalidPath`, `InvalidQuery`, `InvalidHeader`, or `InvalidOption` for an unknown option
 */
export function readRequest(
  destination: Destination,
  request: RequestToSign,
  options: readonly string[] = REQUEST_OPTIONS,
): ReadRequest {
  if (Object(request) !== request) throw invalidOption('request', 'an object', request);
  checkKnown(request, options);
  const { method = 'GET' } = request;
  checkText(method, /[^\w-]/, 'InvalidMethod', 'method', 'an HTTP method');
  const { path, query } = readTarget(destination, request);
  return { method: method.toUpperCase(), path, query, headers: readHeaders(request.headers) };
}
