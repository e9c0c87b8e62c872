/** The target of a request, its path and query, in the form that goes out. */
import { decodePath, isPlainPath } from './canonicalPath.js';
import { encodeRfc3986, wellFormed } from './encoding.js';
import { SigV4Error } from './errors.js';
import { checkText } from './options.js';
import { entriesOf } from './requestHeaders.js';
import type { Pair, RequestToSign } from './types.js';
import { isMissing, isScalar } from './values.js';

/** Where requests go. */
export interface Destination {
  /** Scheme and host. */
  readonly origin: string;
  /** The path that all requests share. */
  readonly basePath: string;
  readonly isS3: boolean;
}

/** Percent-encoded, and resolved as fetch does it; the query is not encoded yet, and in the order in which it was given. */
export interface RequestTarget {
  readonly path: string;
  readonly query: Pair[];
}

/** The path as it goes out, with the query that it brings: no fragment, and space at the end is kept. */
function parsePath({ origin, basePath, isS3 }: Destination, path: string): RequestTarget {
  const below = path.replace(/^(?![/?]|$)/, '/');
  const joined = (below.startsWith('/') ? basePath.replace(/\/$/, '') : basePath || '/') + below;
  const query: Pair[] = [];
  if (isPlainPath(joined)) return { path: joined, query };
  const { pathname, searchParams } = new URL(origin + wellFormed(joined).replace(/[^!-~]|#/gu, encodeURIComponent));
  searchParams.forEach((value, name) => {
    if (name !== '') query.push([name, value]);
  });
  if (!isS3) return { path: pathname, query };
  // As S3 reads it, a raw `+` as a space, so that no one can differ; but a slash in a segment stays one: `..%2F` must not
  // leave the folder.
  const segments = pathname.split('/').map((segment) => encodeRfc3986(decodePath(segment.replace(/\+/g, ' '))));
  return { path: segments.join('/'), query };
}

/**
 * Reads the path and the query of a request.
 * @throws SigV4Error `InvalidPath`, `InvalidQuery`
 */
export function readTarget(
  destination: Destination,
  { path = '', queryParams }: Pick<RequestToSign, 'path' | 'queryParams'>,
): RequestTarget {
  if (path !== '') checkText(path, /^[a-z][a-z\d+.-]*:\/\//i, 'InvalidPath', 'path', 'a path, no absolute URL');
  const target = parsePath(destination, path);
  for (const [name, given] of entriesOf(queryParams, 'queryParams', 'InvalidQuery')) {
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (isMissing(value) || name === '') continue; // one without a name is left out, as all signers do
      if (!isScalar(value)) {
        throw new SigV4Error('InvalidQuery', `queryParams['${name}']`, 'text, numbers or booleans', value);
      }
      target.query.push([name, String(value)]);
    }
  }
  return target;
}
