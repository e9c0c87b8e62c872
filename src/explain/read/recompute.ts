/** The canonical request and the string to sign, computed again from the request that was signed. */
import {
  createCanonicalRequest,
  isS3Service,
  sha256Hex,
  takesNoPayloadHash,
  UNSIGNED_PAYLOAD,
} from '../../sigv4/index.js';
import type { Pair } from '../../sigv4/index.js';
import { parseCanonicalRequest } from './canonicalRequest.js';
import { contentLength, contentOf } from './content.js';
import type { Recomputed, Signed } from './types.js';

/**
 * Computes the canonical request and the string to sign as the signer did.
 * @returns `undefined` where the request was not signed, or cannot be read.
 */
export function recompute(signed: Signed): Recomputed | undefined {
  const { url, query, service } = signed;
  if (!url || signed.signedHeaders.length === 0) return undefined;
  const isS3 = isS3Service(service);
  const hash = payloadHashOf(signed);
  const values = signed.signedHeaders.map((name) => [name, headerValue(signed, name)] as const);
  const pairs = query.filter(([name]) => name.toLowerCase() !== 'x-amz-signature');
  const text = createCanonicalRequest({
    method: signed.method,
    path: url.pathname,
    query: isS3 ? firstOfEach(pairs) : pairs,
    headers: values.map(([name, value]) => [name, value ?? '']),
    payloadHash: hash ?? 'unknown',
    normalizePath: !isS3,
    doubleEncodePath: !isS3,
  });
  const canonical = parseCanonicalRequest(text);
  if (!canonical) return undefined;
  return {
    canonical,
    text,
    stringToSign: { amzDate: signed.amzDate, scope: signed.scope, hash: sha256Hex(text) },
    unknownHeaders: new Set(values.filter(([, value]) => value === undefined).map(([name]) => name)),
    isBodyKnown: hash !== undefined,
  };
}

/** The parameters that S3 reads: of several of one name, the first. */
const firstOfEach = (pairs: readonly Pair[]): Iterable<Pair> => new Map([...pairs].reverse());

/** The payload hash: the one that was given, the one in the header, or that of the body; `undefined` where none is known. */
function payloadHashOf({ payloadHash, headers, service, place, body }: Signed): string | undefined {
  const stated = payloadHash ?? headers.get('x-amz-content-sha256');
  if (stated !== undefined) return stated;
  const isLeftOut = isS3Service(service) || takesNoPayloadHash(service);
  if (place === 'query' && isLeftOut) return UNSIGNED_PAYLOAD;
  const content = contentOf(body);
  return content === undefined ? undefined : sha256Hex(content);
}

/** The value of a signed header. `Host` and `Content-Length` are worked out, since HTTP clients add them by themselves. */
function headerValue({ url, signedHost, headers, body }: Signed, name: string): string | undefined {
  const given = headers.get(name);
  if (given !== undefined) return given;
  if (name === 'host') return signedHost ?? url?.host;
  return name === 'content-length' ? contentLength(body)?.toString() : undefined;
}
