/** An API gateway with IAM authorization. */
export { createNotesApi } from './notes.js';
export type { Note } from './notes.js';
export type { ApiCaller, ApiHandler } from './handler.js';
export type { Policy, PolicyStatement } from './policy.js';
export { startApiGateway } from './startApiGateway.js';
export type { ApiGatewayOptions, LocalApiGateway, LoggedRequest } from './startApiGateway.js';
