/** What was signed, recomputed from what `signRequest` returned: the Authorization header or the query says how. */
import type * as signer from '../sigv4/index.js';
import { parseCanonical } from './canonical.js';
import type { Canonical, StringToSign } from './canonical.js';
import { readHeaders } from './headers.js';
import type { SignedParts } from './types.js';

/**
 * What explaining takes of the signer. Handed in and not imported: loaded later than the signer, this room would otherwise
 * have bundlers cut the signer out of what loads at first, into a piece that both share.
 */
export type Stages = Pick<typeof signer, 'createCanonicalRequest' | 'sha256Hex'>;

/** A signed request, read. */
export interface Signed {
  stages: Stages;
  url: URL | undefined;
  /** As it was given: a URL has resolved `.` and `..`. */
  path: string;
  method: string;
  headers: Map<string, string>;
  body: unknown;
  payloadHash: string | undefined;
  /** Where the signature stands. */
  place: 'header' | 'query' | 'none';
  accessKeyId: string;
  /** `date/region/service/aws4_request` */
  scope: string;
  region: string;
  service: string;
  amzDate: string;
  /** Seconds; of presigned URLs. `undefined` where it is none that can be. */
  expiresIn: number | undefined;
  hasToken: boolean;
  signedHeaders: string[];
}

/** Our side of the comparison. */
export interface Ours {
  canonical: Canonical;
  stringToSign: StringToSign;
  /** Names of signed headers whose values are not known: a client adds them after signing. */
  unknownHeaders: Set<string>;
  isBodyKnown: boolean;
}

const MAX_EXPIRES = 604_800;

/** Reads the signed request; nothing is hashed yet. */
export function readSigned(parts: SignedParts, stages: Stages): Signed {
  const headers = readHeaders(parts.headers);
  const url = parseUrl(parts.url);
  const params = new Map(url ? rawPairs(url.search).map(([name, value]) => [name.toLowerCase(), value]) : []);
  const authorization = headers.get('authorization') ?? '';
  const inHeader = authorization.startsWith('AWS4-');
  const place = inHeader ? 'header' : params.has('x-amz-signature') ? 'query' : 'none';
  const stated = (name: string): string =>
    inHeader
      ? (new RegExp(`\\b${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '')
      : (params.get(`x-amz-${name.toLowerCase()}`) ?? '');
  const [accessKeyId = '', ...scope] = stated('Credential').split('/');
  const expires = place === 'query' ? Number(params.get('x-amz-expires') ?? NaN) : NaN;
  return {
    stages,
    url,
    path: /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(parts.url)?.[1] ?? '',
    method: parts.method ?? 'GET',
    headers,
    body: parts.body,
    payloadHash: parts.payloadHash,
    place,
    accessKeyId,
    scope: scope.join('/'),
    region: scope[1] ?? '',
    service: scope[2] ?? '',
    amzDate: (place === 'query' ? params.get('x-amz-date') : headers.get('x-amz-date')) ?? '',
    expiresIn: expires >= 1 && expires <= MAX_EXPIRES ? expires : undefined,
    hasToken: Boolean(headers.get('x-amz-security-token') ?? params.get('x-amz-security-token')),
    signedHeaders: stated('SignedHeaders').toLowerCase().split(';').filter(Boolean),
  };
}

/**
 * Computes the canonical request and the string to sign as the signer did.
 * @returns `undefined` where the request was not signed, or cannot be read.
 */
export function recompute(signed: Signed): Ours | undefined {
  const { url, headers, service, stages } = signed;
  if (!url || signed.place === 'none' || signed.signedHeaders.length === 0) return undefined;
  const isS3 = service === 's3';
  const stated = signed.payloadHash ?? headers.get('x-amz-content-sha256');
  const hash = stated ?? (isS3 && signed.place === 'query' ? 'UNSIGNED-PAYLOAD' : hashOf(signed));
  const unknownHeaders = new Set<string>();
  const pairs = signed.signedHeaders.map((name) => {
    const value = valueOf(signed, name);
    if (value === undefined) unknownHeaders.add(name);
    return [name, value ?? ''] as const;
  });
  const text = stages.createCanonicalRequest({
    method: signed.method,
    path: url.pathname,
    query: rawPairs(url.search).filter(([name]) => name.toLowerCase() !== 'x-amz-signature'),
    headers: pairs,
    payloadHash: hash ?? 'unknown',
    normalizePath: !isS3,
    doubleEncodePath: !isS3,
  });
  const canonical = parseCanonical(text);
  if (!canonical) return undefined;
  const stringToSign = { amzDate: signed.amzDate, scope: signed.scope, hash: stages.sha256Hex(text) };
  return { canonical, stringToSign, unknownHeaders, isBodyKnown: hash !== undefined };
}

/** Text or bytes of a body that was signed; `undefined` for everything that has to be read asynchronously. */
export function contentOf(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body as ArrayBuffer);
  return body instanceof URLSearchParams ? body.toString() : undefined;
}

function hashOf({ body, stages }: Signed): string | undefined {
  const content = contentOf(body);
  return content === undefined ? undefined : stages.sha256Hex(content);
}

function valueOf({ url, headers, body }: Signed, name: string): string | undefined {
  const given = headers.get(name);
  if (given !== undefined) return given;
  if (name === 'host') return url?.host;
  if (name !== 'content-length') return undefined;
  const content = contentOf(body);
  return content === undefined
    ? undefined
    : String(typeof content === 'string' ? new TextEncoder().encode(content).length : content.length);
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Decoded pairs; what cannot be decoded stays as it is. */
function rawPairs(search: string): [string, string][] {
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return text;
    }
  };
  return search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}
