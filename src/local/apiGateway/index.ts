/** An API gateway with IAM authorization. */
export { ApiFailure } from './handler.js';
export type { ApiCaller, ApiContext, ApiHandler } from './handler.js';
export { API_GATEWAY_OPTIONS } from './options.js';
export type { ApiGatewayOptions } from './options.js';
export type { Policy, PolicyStatement } from './policy.js';
export type { LoggedRequest } from './requestLog.js';
export { startApiGateway } from './startApiGateway.js';
export type { LocalApiGateway } from './startApiGateway.js';
