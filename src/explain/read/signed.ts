/** Reads a signed request, with its signature in the `Authorization` header or in the query. */
import { MAX_EXPIRES } from '../../sigv4/index.js';
import { parseUrl } from '../../util/index.js';
import type { SignerWords } from '../signers.js';
import type { SignedParts } from '../types.js';
import { headerMap } from './headers.js';
import { decodeQuery } from './query.js';
import type { Signed } from './types.js';

/**
 * Reads a signed request. Nothing is hashed yet.
 * @param parts What `signRequest` returned, or `{ method, url }` of a presigned URL.
 * @param words The words of the function that signed it.
 */
export function readSigned(parts: SignedParts, words: SignerWords): Signed {
  const headers = headerMap(parts.headers);
  const url = parseUrl(parts.url);
  const query = decodeQuery(url?.search.slice(1) ?? '');
  const params = new Map(query.map(([name, value]) => [name.toLowerCase(), value]));
  const authorization = headers.get('authorization') ?? '';
  const place = findSignature(authorization, params);
  const stated = (name: string): string =>
    (place === 'header' ? authorizationPart(authorization, name) : params.get(`x-amz-${name.toLowerCase()}`)) ?? '';
  const [accessKeyId = '', ...scope] = stated('Credential').split('/');
  return {
    url,
    signedHost: parts.signedHost,
    path: pathAsGiven(parts.url),
    query,
    method: parts.method ?? 'GET',
    headers,
    body: parts.body,
    payloadHash: parts.payloadHash,
    place,
    accessKeyId,
    scope: scope.join('/'),
    region: scope[1] ?? '',
    service: scope[2] ?? '',
    amzDate: (place === 'query' ? params : headers).get('x-amz-date') ?? '',
    expiresIn: place === 'query' ? readExpires(params.get('x-amz-expires')) : undefined,
    hasToken: Boolean(headers.get('x-amz-security-token') ?? params.get('x-amz-security-token')),
    words,
    signedHeaders: stated('SignedHeaders').toLowerCase().split(';').filter(Boolean),
  };
}

function findSignature(authorization: string, params: ReadonlyMap<string, string>): Signed['place'] {
  if (authorization.startsWith('AWS4-')) return 'header';
  return params.has('x-amz-signature') ? 'query' : 'none';
}

/** A part of `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
const authorizationPart = (authorization: string, name: string): string | undefined =>
  authorization
    .split(/[\s,]+/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

function readExpires(text: string | undefined): number | undefined {
  const expires = Number(text);
  return expires >= 1 && expires <= MAX_EXPIRES ? expires : undefined;
}

/** The path as in the URL's text, with dot segments and double slashes. */
const pathAsGiven = (url: string): string => /^\w+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? '';
