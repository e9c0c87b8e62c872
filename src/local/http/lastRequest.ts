/** Connections on which no further request is answered. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const ended = new WeakSet<Socket>();

/** Reads no more of a request and its connection: what comes next need not be a request, and may be here already. */
export function endReading(incoming: IncomingMessage): void {
  ended.add(incoming.socket);
  incoming.pause();
}

/** Whether a request came behind one after which reading was ended. */
export const isBehindLast = (incoming: IncomingMessage): boolean => ended.has(incoming.socket);
