/**
 * The server's side of AWS Signature Version 4: checks that a request was signed by the caller that it names, and was not changed.
 * Runs wherever the signer does, since it uses nothing of Node.
 *
 * The order of the checks and the texts are those of AWS (API Gateway), so that clients get the refusals they know.
 * @module sigv4-client/verify
 */
export { VerifyError } from './errors.js';
export { fromNodeRequest } from './fromNodeRequest.js';
export type { FastifyLikeRequest, IncomingRequest, NodeRequestOptions } from './fromNodeRequest.js';
export type {
  RefusalCode,
  Refused,
  Verified,
  VerifyCredentials,
  VerifyOptions,
  VerifyResult,
  WireRequest,
} from './types.js';
export { verifyRequest } from './verifyRequest.js';
export type { HashEngine } from '../sigv4/index.js';
