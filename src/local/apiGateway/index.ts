/** An API gateway with IAM authorization. */

export { iamCallerOf, judgeReadings, resourcesOfPath } from './authorize.js';
export type { Resources } from './authorize.js';
export { linesOf, requestForApi } from './callApi.js';
export { callerOf } from './caller.js';
export { ApiFailure } from './handler.js';
export type { ApiCaller, ApiContext, ApiHandler, LambdaFrontend } from './handler.js';
export { API_GATEWAY_OPTIONS } from './options.js';
export type { ApiGatewayOptions, CorsOptions } from './options.js';
export { restRefusals } from './restRefusals.js';
export { logRequest } from './requestLog.js';
export type { LoggedRequest } from './requestLog.js';
export { ACCOUNT } from './settings.js';
export { startApiGateway } from './startApiGateway.js';
export type { LocalApiGateway } from './startApiGateway.js';
