/** The request as it came over the wire, read without interpreting anything but the query's encoding. */
import { bytesOf, foldSpace, isMissing, typeTag } from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { isObject } from '../util/index.js';
import { VerifyError } from './errors.js';
import type { WireRequest } from './types.js';

/** A request as it came, in one form. */
export interface Wire {
  method: string;
  path: string;
  /** Decoded; `undefined` where it cannot be decoded. */
  query: Pair[] | undefined;
  /** Names in lower case. */
  headers: Pair[];
  body: string | Uint8Array;
}

/**
 * Reads a request.
 * @throws VerifyError `InvalidRequest`
 */
export async function readWire(request: Request | WireRequest): Promise<Wire> {
  if ('clone' in request) {
    if (request.bodyUsed) throw new VerifyError('InvalidRequest', 'request: its body was read before; verify first');
    const url = new URL(request.url);
    const headers: Pair[] = [...request.headers];
    if (!request.headers.has('host')) headers.push(['host', url.host]);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    return toWire(request.method, url.pathname + url.search, headers, body);
  }
  const { method, target, headers, body } = request as Partial<WireRequest>;
  if (!method || typeof target !== 'string' || typeof headers !== 'object') {
    throw new VerifyError('InvalidRequest', 'request: expected a Request or { method, target, headers, body }');
  }
  const pairs = pairsOf(headers);
  return toWire(method, target, pairs, isNone(body, pairs) ? '' : contentOf(body));
}

/** What body-parser 1 (Express 4) makes of a request that has no body, which HTTP/1.1 shows by these headers (RFC 9112, 6.3). */
function isNone(body: unknown, headers: readonly Pair[]): boolean {
  const isEmpty = isObject(body) && Object.keys(body).length === 0;
  const hasContent = ([name, value]: Pair) =>
    /^transfer-encoding$/i.test(name) || (/^content-length$/i.test(name) && value.trim() !== '0');
  return isEmpty && !headers.some(hasContent);
}

/** Whatever is not surely text or bytes is refused: read as bytes, a stream or an object would pass for an empty body. */
function contentOf(body: unknown): string | Uint8Array {
  if (isMissing(body)) return '';
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body) || /^(Shared)?ArrayBuffer$/.test(typeTag(body))) return bytesOf(body as ArrayBuffer);
  const hint = 'a stream has to be read first, and a parsed body is not what was signed';
  throw new VerifyError(
    'InvalidRequest',
    `request.body: expected text or bytes as they were received, got ${typeTag(body)} (${hint})`,
  );
}

function toWire(method: string, target: string, headers: Pair[], body: string | Uint8Array): Wire {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, ''); // a proxy's request line holds the whole URL
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return {
    method,
    path: path.startsWith('/') ? path : '/',
    query: mark < 0 ? [] : decodeQuery(local.slice(mark + 1)),
    headers: headers.map(([name, value]) => [name.toLowerCase(), value]),
    body,
  };
}

function pairsOf(headers: WireRequest['headers']): Pair[] {
  if (Symbol.iterator in headers) return [...(headers as Iterable<Pair>)];
  return Object.entries(headers).flatMap(([name, value = []]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
}

/** As servers read it: `+` is a space, a part without `=` has an empty value. */
function decodeQuery(query: string): Pair[] | undefined {
  const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
  try {
    return query
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const equals = part.indexOf('=');
        return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
      });
  } catch {
    return undefined;
  }
}

/** The values of a name among pairs, in their order. */
export function valuesOf(pairs: readonly Pair[], name: string): string[] {
  return pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
}

/** The values of a header's lines, trimmed and folded as the signer does it. */
export function headerValues(wire: Wire, name: string): string[] {
  return valuesOf(wire.headers, name).map(foldSpace);
}
