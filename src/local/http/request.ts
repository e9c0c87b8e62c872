/** Reads a request from the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readHost, readRequestTarget } from '../../util/index.js';
import { readBody } from './body.js';
import { endReading } from './lastRequest.js';
import type { WireInfo } from './types.js';

/** Header lines as Node has them, `[name, value, name, value …]`, as pairs. */
export function headerPairs(lines: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) pairs.push([lines[i]!, lines[i + 1]!]);
  return pairs;
}

/** A request without its body. */
export interface RequestHead {
  /** The request's method, in the sender's case. */
  readonly method: string;
  /** The URL that it is for: of the one host that it names. */
  readonly url: string;
  /** The target, exactly as sent. */
  readonly rawPath: string;
  /** The path of the target, as sent. */
  readonly path: string;
  /** Every header line in order. */
  readonly rawHeaders: [string, string][];
  /** The same, by name. */
  readonly headers: Headers;
}

/**
 * Reads all of a request but its body.
 * @param incoming Node's request.
 * @returns What it says; `undefined` for a request that servers may read in different ways. Its connection must not be used again.
 */
export function readHead(incoming: IncomingMessage): RequestHead | undefined {
  const rawPath = incoming.url ?? '';
  const method = incoming.method ?? 'GET';
  const rawHeaders = headerPairs(incoming.rawHeaders);
  const target = readRequestTarget(rawPath);
  const host = hostOf(rawHeaders, target?.absolute);
  if (!target || host === undefined || !isWellFramed(rawHeaders) || method === 'TRACE') return undefined;
  const headers = new Headers();
  for (const [name, value] of rawHeaders) headers.append(name, value);
  const query = target.query === '' ? '' : `?${target.query}`;
  return { method, url: `http://${host}${target.path}${query}`, rawPath, path: target.path, rawHeaders, headers };
}

/**
 * Reads a request, with its body up to a limit.
 * @param incoming Node's request.
 * @param outgoing Node's response: when it is closed before it is whole, the request's signal is aborted.
 * @param maxBody How many bytes a body may have.
 * @returns The request; `undefined` for one that servers may read differently, whose connection must not be used again.
 */
export async function readRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  maxBody: number,
): Promise<{ request: Request; info: WireInfo } | undefined> {
  const head = readHead(incoming);
  if (!head) {
    endReading(incoming);
    return undefined;
  }
  const { method, url, headers, rawPath, path, rawHeaders } = head;
  const body = await readBody(incoming, maxBody);
  const rawBody = body ?? new Uint8Array();
  const takesBody = rawBody.length > 0 && method !== 'GET' && method !== 'HEAD';
  const aborted = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) aborted.abort();
  });
  const request = new Request(url, {
    method,
    headers,
    signal: aborted.signal,
    ...(takesBody ? { body: rawBody as BodyInit } : {}),
  });
  return { request, info: { rawPath, path, rawHeaders, rawBody, isTooLarge: body === undefined } };
}

const valuesOf = (headers: readonly [string, string][], name: string): string[] =>
  headers.filter((header) => header[0].toLowerCase() === name).map((header) => header[1]);

/** The only host that a request names. HTTP/1.0 requests may name none. */
function hostOf(headers: readonly [string, string][], absolute?: { scheme: 'http' | 'https'; authority: string }) {
  const named = [...valuesOf(headers, 'host'), ...(absolute ? [absolute.authority] : [])];
  const hosts = new Set(named.map((host) => readHost(host, absolute?.scheme)));
  if (hosts.size > 1 || valuesOf(headers, 'host').length > 1) return undefined;
  return named.length === 0 ? '127.0.0.1' : [...hosts][0];
}

/**
 * Whether the headers tell for certain where the body ends (RFC 9112, section 6.3), and no header is folded over two lines (5.2).
 * Node's parser refuses these already, unless Node was started with `--insecure-http-parser`.
 */
function isWellFramed(headers: readonly [string, string][]): boolean {
  const lengths = valuesOf(headers, 'content-length');
  const encodings = valuesOf(headers, 'transfer-encoding');
  if (lengths.length + encodings.length > 1 || headers.some(([, value]) => /[\r\n\0]/.test(value))) return false;
  return lengths.every((length) => /^\d+$/.test(length)) && encodings.every((coding) => /^chunked$/i.test(coding));
}
