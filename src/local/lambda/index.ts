/** Lambda functions behind the local API gateway. */
export { lambdaHandler } from './lambdaHandler.js';
export { loadHandler } from './loadHandler.js';
export type { LambdaHandlerOptions } from './options.js';
export type { LambdaCallback, LambdaContext, LambdaFrontend, LambdaFunction } from './types.js';
