/** What the three local servers stand on: `node:http` with standard `Request` and `Response`, and the AWS JSON protocol. */
export { AwsJsonError, awsJsonHandler, isObject } from './awsJson.js';
export type { AwsJsonInput, AwsJsonOperation, AwsJsonOptions } from './awsJson.js';
export { corsHeaders, listen } from './server.js';
export type { ListenOptions, LocalHandler, LocalServer, WireInfo } from './server.js';
