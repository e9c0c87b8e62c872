/** Reads a request from the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireInfo } from './types.js';

/** Header lines as Node has them, `[name, value, name, value …]`, as pairs. */
export function headerPairs(lines: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) pairs.push([lines[i]!, lines[i + 1]!]);
  return pairs;
}

/**
 * Reads a request, with its whole body.
 * @param incoming Node's request.
 * @param outgoing Node's response: when it is closed before it is whole, the request's signal is aborted.
 */
export async function readRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<{ request: Request; info: WireInfo }> {
  const rawPath = incoming.url ?? '/';
  const method = incoming.method ?? 'GET';
  const rawHeaders = headerPairs(incoming.rawHeaders);
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const rawBody = new Uint8Array(Buffer.concat(chunks));

  const headers = new Headers();
  for (const [name, value] of rawHeaders) headers.append(name, value);
  const takesBody = rawBody.length > 0 && method !== 'GET' && method !== 'HEAD';
  const aborted = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) aborted.abort();
  });
  const request = new Request(requestUrl(rawPath, incoming.headers.host), {
    method,
    headers,
    signal: aborted.signal,
    ...(takesBody ? { body: rawBody } : {}),
  });
  return { request, info: { rawPath, rawHeaders, rawBody } };
}

/** An absolute URL for the request target; a client may send an absolute one itself, or `*` for OPTIONS. */
function requestUrl(rawPath: string, host = '127.0.0.1'): string {
  if (/^https?:\/\//i.test(rawPath)) return rawPath;
  const path = rawPath.startsWith('/') ? rawPath : `/${rawPath}`;
  const url = `http://${host}${path}`;
  return URL.canParse(url) ? url : `http://127.0.0.1${path}`;
}
