/** A WebSocket API with IAM authorization. */
export { WEB_SOCKET_API_OPTIONS } from './options.js';
export type { WebSocketApiOptions } from './options.js';
export type { RouteFunction, RouteOptions, Routes } from './routes.js';
export { startWebSocketApi } from './startWebSocketApi.js';
export type { LocalWebSocketApi, ManagementApi } from './startWebSocketApi.js';
