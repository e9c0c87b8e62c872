/** Stage 4 of the specification: calculate the signature. */
import { cryptoJsHash } from './cryptoJsHash.js';
import type { HashEngine } from './types.js';

/**
 * Stage 4 of the specification, "Calculate the signature".
 * @param signingKey What stage 3 gave.
 * @param stringToSign What stage 2 gave.
 * @param hash Engine in place of crypto-js.
 * @returns The signature, in lower-case hex.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
 * @example
 * const signature = calculateSignature(signingKey, stringToSign);
 */
export const calculateSignature = (
  signingKey: Uint8Array,
  stringToSign: string,
  hash: HashEngine = cryptoJsHash,
): string => hash.hmac(signingKey)(stringToSign);
