/** Marks connections on which no further request is answered. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const ended = new WeakSet<Socket>();

/** Ends the reading of a connection: what follows on it may not be a request, and may have arrived already. */
export function endReading(incoming: IncomingMessage): void {
  ended.add(incoming.socket);
  incoming.pause();
}

/** Whether a request arrived on a connection whose reading was ended. */
export const isBehindLast = (incoming: IncomingMessage): boolean => ended.has(incoming.socket);
