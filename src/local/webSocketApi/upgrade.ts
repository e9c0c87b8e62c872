/** Turns a request into a connection, or answers it. */
import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { LoggedRequest } from '../apiGateway/index.js';
import { readHead, sendLastResponse } from '../http/index.js';
import { logOf } from './authorize.js';
import type { Connections } from './connections.js';
import { MAX_MESSAGE } from './connectionsApi.js';
import { shakeHands } from './handshake.js';
import type { HandshakeOptions } from './handshake.js';

/** The parts of the API that {@link createUpgrade} needs. */
export interface UpgradeOptions extends HandshakeOptions {
  readonly connections: Connections;
  readonly Server: typeof WebSocketServer;
  /** Called with each request before it is answered. */
  readonly log: (request: LoggedRequest) => void;
}

/**
 * Makes the function that takes requests to change the protocol.
 * @returns A function of Node's request, its connection and the bytes behind it.
 */
export function createUpgrade(options: UpgradeOptions) {
  const { connections, Server, log } = options;
  const subprotocols = new WeakMap<IncomingMessage, string>();
  const server = new Server({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
    handleProtocols: (_, incoming) => subprotocols.get(incoming) ?? false,
  });

  return async (incoming: IncomingMessage, stream: Duplex, rest: Buffer): Promise<void> => {
    // Until the library has the connection, nobody else hears that it broke.
    stream.on('error', () => undefined);
    const head = readHead(incoming);
    const outcome = head
      ? await shakeHands(head, options)
      : { response: Response.json({ message: 'Bad Request' }, { status: 400 }) };
    const logged = { method: incoming.method ?? 'GET', path: head?.path ?? '' };
    if ('response' in outcome) {
      const { response, ...about } = outcome;
      log({ ...logged, status: response.status, ...about });
      await answer(incoming, response);
      return;
    }
    const { facts, subprotocol } = outcome;
    const who = logOf(facts.caller);
    if (subprotocol !== undefined) subprotocols.set(incoming, subprotocol);
    server.handleUpgrade(incoming, stream, rest, (socket) => {
      connections.add(facts, socket, stream);
    });
    const isMade = connections.find(facts.connectionId) !== undefined;
    log({ ...logged, status: isMade ? 101 : 499, ...who });
    // $connect has let in a client that is gone by now, and has to hear of that as well.
    if (!isMade) await connections.end(facts, { code: 1006, reason: '' });
  };
}

/** Node gives no response to write to with a request to change the protocol. */
async function answer(incoming: IncomingMessage, response: Response): Promise<void> {
  const outgoing = new ServerResponse(incoming);
  outgoing.assignSocket(incoming.socket);
  await sendLastResponse(outgoing, response, false);
}
