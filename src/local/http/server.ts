/**
 * `node:http` in front, standard `Request` and `Response` behind: what the three local servers stand on.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SigV4ClientError } from '../../sigv4/index.js';

/** A running HTTP server on 127.0.0.1. */
export interface LocalServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Stops listening and ends every open connection, idle keep-alive ones as well. May be called more than once. */
  close(): Promise<void>;
}

/** The request as it stood on the wire, which a standard `Request` no longer shows. */
export interface WireInfo {
  /** The request target, path and query, exactly as sent. */
  readonly rawPath: string;
  /** Every header line in order: names in the case they were sent in, repeats kept. */
  readonly rawHeaders: [string, string][];
  /**
   * The body's bytes. A `Request` cannot hold a body on GET and HEAD, so there it is the only way to them.
   */
  readonly rawBody: Uint8Array<ArrayBuffer>;
}

/** Answers one request. */
export type LocalHandler = (request: Request, info: WireInfo) => Promise<Response> | Response;

/** Optional settings of {@link listen}. */
export interface ListenOptions {
  /** Is told of an error that a handler threw; the caller only ever sees a bare 500. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Starts a server on 127.0.0.1.
 *
 * @param handler answers each request; when it throws, the answer is a 500 with JSON that tells nothing of the error
 * @param port the port to listen on; 0, the default, takes any free one
 * @param options optional: `onError`
 * @returns the running server
 * @throws SigV4ClientError (`InvalidOption`) when `port` is not a whole number from 0 to 65535; Node's own error when the port is taken
 *
 * @example
 * const server = await listen((request) => Response.json({ path: new URL(request.url).pathname }));
 * await fetch(server.url + '/hello');
 * await server.close();
 */
export async function listen(handler: LocalHandler, port = 0, options: ListenOptions = {}): Promise<LocalServer> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SigV4ClientError('InvalidOption', `port: expected a whole number from 0 to 65535, got ${String(port)}`);
  }
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing, options).catch((error: unknown) => {
      // The request could not be read or the answer not be written: nobody is left to tell.
      options.onError?.(error);
      outgoing.destroy();
    });
  });
  // By default Node hangs up on connections that were idle for five seconds. In a process that is busy for as long, with a
  // client's arithmetic or a test, the client takes such a connection for open and its next request is lost.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      (closed ??= new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      })),
  };
}

/**
 * The `Access-Control-*` headers of the local servers: any origin, whatever headers and method the browser asks for.
 * They stand on machines of developers, so being permissive is the point.
 *
 * @param request the request that is being answered, a preflight or a real one
 * @returns headers to put on the answer; empty when the request has no `Origin`, thus comes from no browser
 */
export function corsHeaders(request: Request): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null) return {};
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers':
      'Date, x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, x-amz-apigw-id, x-amzn-Trace-Id',
    Vary: 'Origin',
  };
  const method = request.headers.get('access-control-request-method');
  if (request.method === 'OPTIONS' && method !== null) {
    headers['Access-Control-Allow-Methods'] = 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS';
    headers['Access-Control-Allow-Headers'] =
      request.headers.get('access-control-request-headers') ?? 'authorization,content-type,x-amz-date';
    headers['Access-Control-Max-Age'] = '600';
    headers.Vary = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
  }
  return headers;
}

async function answer(
  handler: LocalHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { onError }: ListenOptions,
): Promise<void> {
  const rawPath = incoming.url ?? '/';
  const method = incoming.method ?? 'GET';
  const rawHeaders: [string, string][] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    rawHeaders.push([incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!]);
  }

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
  await send(outgoing, await respond(), method === 'HEAD');

  async function respond(): Promise<Response> {
    try {
      return await handler(request, { rawPath, rawHeaders, rawBody });
    } catch (error) {
      onError?.(error);
      return Response.json({ message: 'Internal server error' }, { status: 500, headers: corsHeaders(request) });
    }
  }
}

/** An absolute URL for the request target; a client may send an absolute one itself, or `*` for OPTIONS. */
function requestUrl(rawPath: string, host = '127.0.0.1'): string {
  if (/^https?:\/\//i.test(rawPath)) return rawPath;
  const path = rawPath.startsWith('/') ? rawPath : `/${rawPath}`;
  const url = `http://${host}${path}`;
  return URL.canParse(url) ? url : `http://127.0.0.1${path}`;
}

/** Writes a `Response` to the socket, streaming its body; stops reading when the caller hangs up. */
async function send(outgoing: ServerResponse, response: Response, headOnly = false): Promise<void> {
  outgoing.statusCode = response.status;
  if (response.statusText !== '') outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie') outgoing.appendHeader(name, value);
    else outgoing.setHeader(name, value);
  }
  if (response.body === null || headOnly) {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  outgoing.once('close', () => {
    reader.cancel().catch(() => undefined);
  });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(part.value)) await drained(outgoing);
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.once('drain', done);
    outgoing.once('close', done);
  });
}
