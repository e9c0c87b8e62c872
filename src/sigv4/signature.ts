/** Stage 4 of the specification: calculate the signature. */
import { cryptoJsHash } from './cryptoJsHash.js';
import { invalidOption } from './errors.js';
import type { HashEngine } from './types.js';

/**
 * Stage 4 of the specification, "Calculate the signature".
 * @param signingKey The 32 bytes of stage 3, `deriveSigningKey`.
 * @param stringToSign The text of stage 2, `createStringToSign`.
 * @param hash Hash engine. Default: crypto-js.
 * @returns The signature, in lower-case hex.
 * @throws SigV4Error `InvalidOption` for a key that is no bytes, or a string to sign that is no text.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
 * @example
 * const signature = calculateSignature(signingKey, stringToSign);
 */
export function calculateSignature(
  signingKey: Uint8Array,
  stringToSign: string,
  hash: HashEngine = cryptoJsHash,
): string {
  if (!ArrayBuffer.isView(signingKey)) throw invalidOption('signingKey', 'bytes', signingKey);
  if (typeof stringToSign !== 'string') throw invalidOption('stringToSign', 'text', stringToSign);
  return hash.hmac(signingKey)(stringToSign);
}
