/** Where a redirect leads, by fetch's own rules, and which parts of a signed request may go there. */
import { CONTENT_HASH } from '../sigv4/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { isStream } from './body.js';
import type { HttpRequest } from './types.js';

/** A request of an attempt: the first one, or one that a redirect has led to. */
export interface Hop extends HttpRequest {
  /** Whether it is signed: not after a redirect to another origin, even where a further one leads back. */
  readonly isSigned: boolean;
  /** How many redirects have led to it. */
  readonly redirects: number;
}

/** The first request of an attempt. */
export const firstHop = (request: HttpRequest): Hop => ({ ...request, isSigned: true, redirects: 0 });

/** An answer that redirects. */
export interface Redirect {
  readonly status: number;
  /** The value of its `Location` header. */
  readonly location: string;
}

/** Makes the error for a redirect that cannot be followed; `why` continues "the API answered with a redirect". */
export type RefuseRedirect = (why: string) => Error;

/** The number of redirects that fetch follows. */
const MAX_REDIRECTS = 20;

/** Headers that are removed together with the body: those that fetch removes, and `content-length`. */
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type'];
/** A payload hash, which is wrong once the body is removed. `UNSIGNED-PAYLOAD`, which it does not match, stays right. */
const HASH = /^[0-9a-f]{64}$/i;

/**
 * Headers that are not sent to another origin (RFC 9110, section 15.4): those that AWS reads (of the signature, S3's encryption
 * keys, API keys), and those that fetch removes.
 */
const ORIGIN_HEADERS = /^(x-amz-.*|x-api-key|authorization|proxy-authorization|cookie|host)$/;

/**
 * Whether an answer redirects. An empty `Location` leads nowhere: Chrome and axios take the answer as it is, while Node's fetch sends a
 * POST to the same URL 20 times more.
 * @param status The answer's status.
 * @param location The value of its `Location` header.
 */
export function isRedirect(status: number, location: string | null | undefined): location is string {
  return [301, 302, 303, 307, 308].includes(status) && typeof location === 'string' && location !== '';
}

/**
 * Makes the request that a redirect leads to. As in the Fetch Standard, "HTTP-redirect fetch", some statuses turn it into a GET
 * without a body; with the others, method and body stay.
 * @param from The request that was redirected, as it was before it was signed.
 * @param redirect The answer.
 * @param refuse Makes the error.
 * @param maxRedirects How many redirects are followed. Default 20, as with fetch.
 * @throws the error that `refuse` makes, for a target that fetch does not go to, and after too many redirects
 */
export function nextHop(
  from: Hop,
  { status, location }: Redirect,
  refuse: RefuseRedirect,
  maxRedirects = MAX_REDIRECTS,
): Hop {
  if (from.redirects >= maxRedirects) throw refuse(`after ${from.redirects} others, which is one too many`);
  const url = parseLocation(location, from.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('to something other than a URL of http or https');
  if (url.username !== '' || url.password !== '')
    throw refuse('to a URL with a password in it, where fetch does not go');
  const isSameOrigin = url.origin === from.url.origin;
  const headers = new Headers(from.headers);
  if (!isSameOrigin) {
    for (const name of [...headers.keys()]) if (ORIGIN_HEADERS.test(name)) headers.delete(name);
  }
  const isReplaced = isMethodReplaced(status, from.method);
  if (!isReplaced && isStream(from.body))
    throw refuse('with which the body goes on, and a stream can be sent only once');
  if (isReplaced) {
    for (const name of BODY_HEADERS) headers.delete(name);
    if (HASH.test(headers.get(CONTENT_HASH) ?? '')) headers.delete(CONTENT_HASH);
  }
  return {
    method: isReplaced ? 'GET' : from.method,
    url,
    headers,
    body: isReplaced ? undefined : from.body,
    isSigned: from.isSigned && isSameOrigin,
    redirects: from.redirects + 1,
  };
}

function isMethodReplaced(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

function parseLocation(location: string, base: URL): URL | undefined {
  try {
    return new URL(asUtf8(location), base);
  } catch {
    return undefined;
  }
}

/** Decodes a header's value as UTF-8: fetch gives each byte as a character, and in a URL, non-ASCII characters are UTF-8. */
function asUtf8(text: string): string {
  const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const isBytes = codes.some((code) => code > 0x7f) && codes.every((code) => code <= 0xff);
  return isBytes ? new TextDecoder().decode(Uint8Array.from(codes)) : text;
}

/**
 * The request to send without a signature, as to another origin.
 * @param hop The request.
 */
export function unsignedRequest({ method, url, headers, body }: HttpRequest): SignedRequest {
  const sent = { method, url: url.href, headers: Object.fromEntries(headers) } as SignedRequest;
  if (body !== undefined) sent.body = body as NonNullable<SignedRequest['body']>;
  return sent;
}
