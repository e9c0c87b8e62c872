/** Loads the library that speaks the protocol, which is needed by those alone who start a WebSocket API. */
import type { WebSocketServer } from 'ws';
import { LocalAwsError } from '../options/index.js';

/**
 * Loads `ws`.
 * @returns Its server.
 * @throws LocalAwsError `InvalidOption` where it is not installed
 */
export async function loadWebSocketServer(): Promise<typeof WebSocketServer> {
  try {
    return (await import('ws')).WebSocketServer;
  } catch (cause) {
    throw new LocalAwsError('InvalidOption', 'webSocketApi: needs the package ws. Install it: npm i -D ws', { cause });
  }
}
