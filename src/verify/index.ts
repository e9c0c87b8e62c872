/**
 * The server's side of AWS Signature Version 4: is this request signed by whom it says, and is it what was signed?
 * Runs wherever the signer does: it uses nothing of Node.
 *
 * The order of the checks and the texts are those of AWS (API Gateway), so that a refusal reads as a client knows it.
 */
export { VerifyError } from './errors.js';
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
