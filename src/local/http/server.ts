/** The HTTP server of the local services: `node:http`, with handlers from a standard `Request` to a `Response`. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkPort, LocalAwsError } from '../options/index.js';
import { isAnnouncedTooLarge } from './body.js';
import { corsHeaders } from './cors.js';
import { isBehindLast } from './lastRequest.js';
import { readRequest } from './request.js';
import { sendLastResponse, sendResponse } from './response.js';
import type { LocalHandler, OnError } from './types.js';

/** A running HTTP server on 127.0.0.1. */
export interface LocalServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Stops listening and ends every open connection, idle keep-alive ones as well. May be called more than once. */
  close(): Promise<void>;
}

/** Optional settings of {@link listen}. */
export interface ListenOptions {
  /** Called with errors that a handler threw, of which the caller only sees a bare 500. Default: none. */
  readonly onError?: OnError | undefined;
  /** How many bytes a body may have; the handler is told where it has more. Default 1,048,576. */
  readonly maxBody?: number | undefined;
  /** Milliseconds until the headers of a request have to be there. Default 60,000. */
  readonly headersTimeout?: number | undefined;
  /** Milliseconds until a request has to be there as a whole; then it is answered with 408. Default 60,000. */
  readonly requestTimeout?: number | undefined;
  /** Takes requests to change the protocol. By default they are answered as any other. */
  readonly onUpgrade?: ((incoming: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
}

/**
 * Starts a server on 127.0.0.1.
 *
 * @param handler Answers each request; when it throws, the answer is a 500 with JSON that tells nothing of the error.
 * @param port The port to listen on; 0, the default, takes any free one.
 * @param options Optional: `onError`, the limit of bodies, timeouts.
 * @returns The running server.
 * @throws LocalAwsError `InvalidOption` where `port` is not a whole number from 0 to 65535; `PortInUse`
 *
 * @example
 * const server = await listen((request) => Response.json({ path: new URL(request.url).pathname }));
 * await fetch(server.url + '/hello');
 * await server.close();
 */
export async function listen(handler: LocalHandler, port = 0, options: ListenOptions = {}): Promise<LocalServer> {
  checkPort(port);
  const { onError, maxBody = 1_048_576, headersTimeout = 60_000, requestTimeout = 60_000 } = options;
  const server = createServer({
    headersTimeout,
    requestTimeout,
    connectionsCheckingInterval: Math.min(headersTimeout, requestTimeout, 10_000) / 2,
    insecureHTTPParser: false,
  });
  const answerOrHangUp = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (isBehindLast(incoming)) return;
    answer(handler, incoming, outgoing, { maxBody, onError }).catch((error: unknown) => {
      // The request could not be read, or the answer not be written, so that the client cannot be told.
      onError?.(error);
      outgoing.destroy();
    });
  };
  server.on('request', answerOrHangUp);
  /** Connections that speak HTTP no more: Node leaves it to us to end them. */
  const detached = new Set<Duplex>();
  const detach = (socket: Duplex): void => {
    detached.add(socket);
    socket.once('close', () => detached.delete(socket));
  };
  const { onUpgrade } = options;
  if (onUpgrade) {
    server.on('upgrade', (incoming, socket, head) => {
      detach(socket);
      onUpgrade(incoming, socket, head);
    });
  }
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!isBehindLast(incoming) && !isAnnouncedTooLarge(incoming, maxBody)) outgoing.writeContinue();
    answerOrHangUp(incoming, outgoing);
  });
  // Node would close the connection without an answer.
  server.on('connect', (_, socket) => {
    detach(socket);
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  // By default, Node closes connections that were idle for five seconds. A client in the same process that is busy for so long does
  // not notice that, and its next request on such a connection is lost.
  server.keepAliveTimeout = 0;
  // A client that writes thousands of requests at once would make all others wait. After so many, it has to connect again.
  server.maxRequestsPerSocket = 500;
  await bind(server, port);
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
        for (const socket of detached) socket.destroy();
      })),
  };
}

/** Listens on 127.0.0.1, at a port or, for 0, at any free one. */
function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portInUse(port, error) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

const portInUse = (port: number, cause: Error): LocalAwsError =>
  new LocalAwsError('PortInUse', `port: ${port} is taken by another program; give another, or none for a free one`, {
    cause,
  });

async function answer(
  handler: LocalHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { maxBody, onError }: { maxBody: number; onError: OnError | undefined },
): Promise<void> {
  const headOnly = incoming.method === 'HEAD';
  const read = await readRequest(incoming, outgoing, maxBody);
  if (!read) {
    await sendLastResponse(outgoing, Response.json({ message: 'Bad Request' }, { status: 400 }), headOnly);
    return;
  }
  const { request, info } = read;
  const response = await respond();
  await (info.isTooLarge ? sendLastResponse : sendResponse)(outgoing, response, headOnly);

  async function respond(): Promise<Response> {
    try {
      return await handler(request, info);
    } catch (error) {
      onError?.(error);
      return Response.json({ message: 'Internal server error' }, { status: 500, headers: corsHeaders(request) });
    }
  }
}
