/** An API gateway with IAM authorization. */
export { ACCOUNT_ID, roleOf } from './account.js';
export { linesOf, requestForApi } from './callApi.js';
export { ApiFailure } from './handler.js';
export type { ApiCaller, ApiContext, ApiHandler } from './handler.js';
export { API_GATEWAY_OPTIONS } from './options.js';
export type { ApiGatewayOptions, CorsOptions } from './options.js';
export { createPolicyCheck } from './policy.js';
export type { Policy, PolicyStatement } from './policy.js';
export { accessDenied, noSuchStage, signatureRefused } from './refusals.js';
export { logRequest } from './requestLog.js';
export type { LoggedRequest } from './requestLog.js';
export { startApiGateway } from './startApiGateway.js';
export type { LocalApiGateway } from './startApiGateway.js';
