/** The WebSocket that connections are made with: the platform's, or that of the package `ws`. */
import { invalidOption } from '../util/index.js';

/**
 * A constructor of WebSockets: the platform's `WebSocket` (browsers, Node 22 and later, Deno, Bun, React Native), or that of the package `ws`.
 */
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => object;

/** What is used of the WebSockets that it makes. */
export interface NativeSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  readonly protocol: string;
  readonly extensions: string;
  binaryType: string;
  send(data: unknown): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}

/** The values of `readyState`. */
export const STATE = { connecting: 0, open: 1, closing: 2, closed: 3 } as const;

/**
 * Finds the constructor.
 * @param given The option `WebSocket`.
 * @throws SigV4Error `InvalidOption` where there is none
 */
export function findWebSocket(given: WebSocketConstructor | undefined): WebSocketConstructor {
  const found = given ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
  if (typeof found === 'function') return found;
  const expected =
    given === undefined
      ? 'a WebSocket constructor, since this platform has none (Node before 22): install ws and pass `WebSocket` of it'
      : 'a WebSocket constructor';
  throw invalidOption('WebSocket', expected, given);
}
