/** The basis of the local services: `node:http` with standard `Request` and `Response`, and the AWS JSON protocol. */
export { administratorRefusal, disallowSigning } from './administrators.js';
export { AwsJsonError, awsJsonHandler } from './awsJson.js';
export type { AwsJsonInput, AwsJsonOperation } from './awsJson.js';
export { corsHeaders, isPreflight } from './cors.js';
export { parseJsonObject } from './jsonObject.js';
export type { JsonWebKeySet, KeySet, PublicJsonWebKey } from './keySet.js';
export { headerPairs, readHead } from './request.js';
export type { RequestHead } from './request.js';
export { sendLastResponse } from './response.js';
export { listen } from './server.js';
export type { ListenOptions, LocalServer } from './server.js';
export type { LocalHandler, OnError, WireInfo } from './types.js';
