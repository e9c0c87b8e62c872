/** Lambda functions behind the local API gateway. */
export { callFunction, readSource } from './callFunction.js';
export { lambdaHandler } from './lambdaHandler.js';
export { lambdaFrom } from './lambdaOption.js';
export type { LambdaOption } from './lambdaOption.js';
export { loadHandler } from './loadHandler.js';
export type { LambdaHandlerOptions } from './options.js';
export type {
  FunctionSource,
  LambdaCallback,
  LambdaContext,
  LambdaFrontend,
  LambdaFunction,
  PayloadFormat,
} from './types.js';
export { connectEvent, disconnectEvent, messageEvent, randomId } from './webSocketEvents.js';
export type { ConnectionFacts } from './webSocketEvents.js';
