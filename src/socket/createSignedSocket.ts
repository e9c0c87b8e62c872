/** Makes sockets that connect anew by themselves. */
import { readAddress, readConnectOptions, readProtocols } from './options.js';
import { SignedSocket } from './signedSocket.js';
import { readRules, SOCKET_OPTIONS } from './signedSocketOptions.js';
import type { SignedSocketOptions } from './signedSocketOptions.js';

/**
 * Makes a socket that signs each of its connections with credentials of that moment, and outlives them. While there is no connection, it
 * makes another one (exponential backoff with full jitter), and what is sent waits. It keeps an idle connection before API Gateway closes
 * it after ten minutes, and replaces each before its two hours are over: the next one is made and readied by `resume` first, then the
 * former is closed, and what came on either is passed on in that order.
 *
 * Its events: `open` after the first connection, and after each that was made in the place of a lost one; `message`; `error` with an
 * `error` that says why a connection failed, with `explanation` where a gateway has refused it; `reconnecting`; and `close`, once, at
 * the end: after `close()`, after a server's 1000, or where another connection makes no sense, as after such a refusal.
 *
 * @param options The address, credentials, and how to go on; see `SignedSocketOptions`.
 * @returns The socket, with the interface of a WebSocket.
 * @throws SigV4Error `InvalidOption`, `InvalidEndpoint`, `InvalidCredentials`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @example
 * const socket = createSignedSocket({ url: 'wss://abc123.execute-api.eu-west-1.amazonaws.com/prod', credentials });
 * socket.addEventListener('message', ({ data }) => console.log(data));
 * socket.send(JSON.stringify({ action: 'subscribe' }));
 */
export function createSignedSocket(options: SignedSocketOptions): SignedSocket {
  return new SignedSocket({
    connect: readConnectOptions(options, SOCKET_OPTIONS),
    url: readAddress(options.url),
    protocols: readProtocols(options.protocols),
    rules: readRules(options),
  });
}
