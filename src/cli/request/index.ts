/** The request that a command sends. */
export { absoluteUrl, buildRequest, hasPassword } from './buildRequest.js';
export type { CliRequest } from './buildRequest.js';
export { APIG_TEST_OPTIONS, REQUEST_OPTIONS, SIGNING_OPTIONS } from './options.js';
export { regionOf } from './regionOf.js';
