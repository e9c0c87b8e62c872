/**
 * WebSockets that sign each of their connections: `createSignedSocket`, and the class `SignedWebSocket` for libraries that take a
 * constructor.
 * @module sigv4-client/socket
 */
export { createApigSocket } from './createApigSocket.js';
export type { SessionOfOwner, SocketOwner } from './createApigSocket.js';
export { createSignedSocket } from './createSignedSocket.js';
export { SignedSocket } from './signedSocket.js';
export { SignedWebSocket } from './signedWebSocket.js';
export type { SignedWebSocketClass } from './signedWebSocket.js';
export type { SignedWebSocketOptions } from './options.js';
export type {
  HandOverOptions,
  KeepAliveOptions,
  NewConnection,
  ReconnectOptions,
  SignedSocketOptions,
  SocketData,
} from './signedSocketOptions.js';
export type {
  ListenerOptions,
  ReconnectingEvent,
  SignedSocketEventMap,
  SocketCloseEvent,
  SocketErrorEvent,
  SocketEvent,
  SocketEventMap,
  SocketListener,
  SocketMessageEvent,
} from './events.js';
export type { WebSocketConstructor } from './nativeSocket.js';
export { createClock } from '../signedFetch/index.js';
export type {
  AwsCredentials,
  Clock,
  CredentialContext,
  CredentialProvider,
  GivenCredentials,
  SigningOptions,
} from '../signedFetch/index.js';
export type { HashEngine } from '../sigv4/index.js';
