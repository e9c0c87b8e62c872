/** The target of a request, its path and query, in the form that goes out. */
import { decodePath, isPlainPath } from './canonicalPath.js';
import { encodeRfc3986, wellFormed } from './encoding.js';
import { SigV4Error } from './errors.js';
import { checkText } from './options.js';
import { entriesOf } from './requestHeaders.js';
import type { Pair, RequestToSign } from './types.js';
import { isMissing, isScalar } from './values.js';

/** Where a client's requests go. */
export interface Destination {
  /** Scheme and host. */
  readonly origin: string;
  /** The path that all requests share, such as `/prod`; empty where there is none. */
  readonly basePath: string;
  readonly isS3: boolean;
}

/** A path that is percent-encoded and resolved as fetch does it, and a query in its given order that is not encoded yet. */
export interface PathAndQuery {
  readonly path: string;
  readonly query: Pair[];
}

/**
 * Splits what was given as `path` into the path as it goes out and its query. Drops a fragment; keeps space at the end.
 * @throws SigV4Error `InvalidPath` for a path that leaves that of the endpoint
 */
function parsePath({ origin, basePath, isS3 }: Destination, path: string): PathAndQuery {
  const below = path.replace(/^(?![/?]|$)/, '/');
  const joined = (below.startsWith('/') ? basePath.replace(/\/$/, '') : basePath) + below;
  const query: Pair[] = [];
  if (isPlainPath(joined)) return { path: joined, query };
  const resolve = (given: string) => new URL(origin + wellFormed(given).replace(/[^!-~]|#/gu, encodeURIComponent));
  const { pathname, searchParams } = resolve(joined);
  // With `..`, a path could lead to another stage, or to another API of the same domain.
  if (/\.\.|%2e/i.test(below) && !`${pathname}/`.startsWith(resolve(basePath).pathname.replace(/\/?$/, '/'))) {
    throw new SigV4Error('InvalidPath', 'path', 'a path below that of the endpoint', path);
  }
  searchParams.forEach((value, name) => {
    if (name !== '') query.push([name, value]);
  });
  if (!isS3) return { path: pathname, query };
  // Each segment is decoded as S3 does it (a raw `+` is a space) and encoded anew, so that S3 and everyone on the way read the same.
  // An encoded slash stays within its segment: `..%2F` must not leave the folder.
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
): PathAndQuery {
  if (path !== '') checkText(path, /^[a-z][a-z\d+.-]*:\/\//i, 'InvalidPath', 'path', 'a path, no absolute URL');
  const target = parsePath(destination, path);
  for (const [name, given] of entriesOf(queryParams, 'queryParams', 'InvalidQuery')) {
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (isMissing(value) || name === '') continue; // other signers leave out parameters without a name as well
      if (!isScalar(value)) {
        throw new SigV4Error('InvalidQuery', `queryParams['${name}']`, 'text, numbers or booleans', value);
      }
      target.query.push([name, String(value)]);
    }
  }
  return target;
}
