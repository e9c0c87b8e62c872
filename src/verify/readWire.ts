/** Reads a request in each form that servers have it in. */
import { describeValue, foldSpace, isMissing, optionMessage, unknownOption } from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { readRequestTarget } from '../util/index.js';
import type { RequestTarget } from '../util/index.js';
import { HOW_TO_READ, readBody } from './body.js';
import { VerifyError } from './errors.js';
import { pairsOf } from './headers.js';
import { readQuery } from './query.js';
import { MALFORMED_TARGET, refuse } from './refusal.js';
import type { Refused, WireRequest } from './types.js';
import type { Wire } from './wire.js';

/**
 * Reads a request.
 * @returns The request, or a refusal where its target cannot be read, or its body is not there.
 * @throws VerifyError `InvalidRequest`
 */
export async function readWire(request: Request | WireRequest): Promise<Wire | Refused> {
  if (Object(request) !== request) {
    throw unusable('request', 'a Request or { method, target, headers, body }', request);
  }
  if ('clone' in request) {
    if (request.bodyUsed) throw new VerifyError('InvalidRequest', 'request: its body was read before; verify first');
    const { protocol, host, pathname, search } = new URL(request.url);
    const target = `${protocol}//${host}${pathname}${search}`;
    const body = request.body === null ? undefined : new Uint8Array(await request.clone().arrayBuffer());
    return toWire(request.method, target, [...request.headers], body);
  }
  const { method, target, headers, body } = request as Partial<WireRequest>;
  if (typeof method !== 'string' || method === '') throw unusable('request.method', 'text such as GET', method);
  if (typeof target !== 'string') {
    throw unusable(
      'request.target',
      'the target of the request line (of a Node server: req.originalUrl ?? req.url)',
      target,
    );
  }
  if (typeof headers !== 'object' || isMissing(headers)) {
    throw unusable('request.headers', 'the headers (of a Node server: req.rawHeaders)', headers);
  }
  checkNames(request);
  const pairs = pairsOf(headers);
  const read = readBody(body);
  if (read === undefined && pairs.some(([name]) => name.startsWith(':'))) {
    // Over HTTP/2, a body need not be announced (RFC 9113, section 8.1.1): the server could pass on one that nobody signed.
    return refuse(
      'BodyMismatch',
      `The body was not given: over HTTP/2 it has to be, an empty one as well.${HOW_TO_READ}`,
    );
  }
  return toWire(method, target, pairs, read);
}

const PARTS = ['method', 'target', 'headers', 'body'];

/** Refuses parts under other names, such as `rawBody`: what is not read is not verified. A server's own objects have many. */
function checkNames(request: object): void {
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(request) as object | null);
  const unknown = isPlain ? unknownOption(request, PARTS) : undefined;
  if (unknown === undefined) return;
  throw new VerifyError('InvalidRequest', `request.${unknown}: expected only ${PARTS.join(', ')}`);
}

function unusable(part: string, expected: string, came: unknown): VerifyError {
  return new VerifyError('InvalidRequest', optionMessage(part, expected, describeValue(came, part)));
}

function toWire(method: string, target: string, pairs: readonly Pair[], body: Wire['body']): Wire | Refused {
  const read = readRequestTarget(target);
  if (!read) return refuse('MalformedTarget', MALFORMED_TARGET);
  const query = readQuery(read.query);
  if (!query) return refuse('MalformedQuery', 'The query string is not valid percent-encoded UTF-8.');
  const headers = new Map<string, string[]>();
  const pseudo = new Map<string, string[]>(); // HTTP/2's pseudo-headers, which no signature covers
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const those = key.startsWith(':') ? pseudo : headers;
    const values = those.get(key);
    if (values) values.push(foldSpace(value));
    else those.set(key, [foldSpace(value)]);
  }
  const authorities = [...(read.absolute ? [read.absolute.authority] : []), ...(pseudo.get(':authority') ?? [])];
  // The signature calls it `host`.
  if (!headers.has('host') && authorities[0] !== undefined) headers.set('host', [authorities[0]]);
  return { method, path: read.path, query, scheme: schemeOf(read, pseudo), authorities, headers, body };
}

function schemeOf({ absolute }: RequestTarget, pseudo: ReadonlyMap<string, readonly string[]>): 'http' | 'https' {
  if (absolute) return absolute.scheme;
  return pseudo.get(':scheme')?.[0] === 'https' ? 'https' : 'http';
}
