/** Stage 1 of the specification: create a canonical request. */
import { canonicalHeaders, signedHeaderNames } from './canonicalHeaders.js';
import type { SignedHeaders } from './canonicalHeaders.js';
import { canonicalPath } from './canonicalPath.js';
import { canonicalQuery } from './canonicalQuery.js';
import { invalidOption } from './errors.js';
import { checkStage } from './options.js';
import type { Pair } from './types.js';

/** The payload hash of a body that is not signed. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** What a canonical request is made of. */
export interface CanonicalRequestInput {
  /** The HTTP method, in upper case. */
  method: string;
  /** The path as on the wire, without the query. */
  path: string;
  /** Pairs of name and value, decoded, in any order. */
  query: Iterable<Pair>;
  /** Pairs of name and value to sign, in any case and order; values of the same name are joined by a comma. */
  headers: Iterable<Pair>;
  /** Hex SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */
  payloadHash: string;
  /** Resolve `.`, `..` and `//` in the path. Default `true`; S3 wants `false`. */
  normalizePath?: boolean | undefined;
  /** Encode the path once more. Default `true`; S3 wants `false`. */
  doubleEncodePath?: boolean | undefined;
}

/** All parts of a canonical request but the path, each in its canonical form. */
export interface CanonicalParts {
  method: string;
  query: string;
  headers: SignedHeaders;
  signedHeaders: string;
  payloadHash: string;
}

/** Joins the canonical path and the other parts of a canonical request. */
export function joinCanonicalRequest(path: string, parts: CanonicalParts): string {
  let lines = '';
  for (const header of parts.headers) lines += header[0] + ':' + header[1] + '\n';
  return `${parts.method}\n${path}\n${parts.query}\n${lines}\n${parts.signedHeaders}\n${parts.payloadHash}`;
}

/**
 * Stage 1 of the specification, "Create a canonical request".
 * @param input Method, path, query, headers and payload hash of the request.
 * @returns The canonical request: text of at least seven lines.
 * @throws SigV4Error `InvalidOption` for a field that is missing, of another type or not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 * @example
 * const canonicalRequest = createCanonicalRequest({
 *   method: 'GET',
 *   path: '/dev/notes',
 *   query: [['limit', '10']],
 *   headers: [['host', 'abc123.execute-api.eu-west-1.amazonaws.com'], ['x-amz-date', '20150830T123600Z']],
 *   payloadHash: sha256Hex(''),
 * });
 */
export function createCanonicalRequest(input: CanonicalRequestInput): string {
  checkStage(input, ['method', 'path', 'payloadHash'], ['query', 'headers', 'normalizePath', 'doubleEncodePath']);
  for (const name of ['query', 'headers'] as const) {
    if (typeof (input[name] as Partial<Iterable<Pair>> | undefined)?.[Symbol.iterator] === 'function') continue;
    throw invalidOption(name, 'pairs of name and value', input[name]);
  }
  const { method, payloadHash, normalizePath = true, doubleEncodePath = true } = input;
  const headers = canonicalHeaders(input.headers);
  return joinCanonicalRequest(canonicalPath(input.path, normalizePath, doubleEncodePath), {
    method,
    query: canonicalQuery(input.query),
    headers,
    signedHeaders: signedHeaderNames(headers),
    payloadHash,
  });
}
