/** Stage 2 of the specification: create a string to sign. */
import { cryptoJsHash } from './cryptoJsHash.js';
import { checkStage } from './options.js';
import type { HashEngine } from './types.js';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
/** The end of every credential scope. */
export const SCOPE_TERMINATOR = 'aws4_request';

/** What a string to sign is made of. */
export interface StringToSignInput {
  /** The signing time, such as `20150830T123600Z`. */
  amzDate: string;
  /** The credential scope, `date/region/service/aws4_request`. */
  credentialScope: string;
  /** The text of stage 1, `createCanonicalRequest`. */
  canonicalRequest: string;
}

/**
 * Stage 2 of the specification, "Create a string to sign".
 * @param input Time, credential scope and canonical request.
 * @param hash Hash engine. Default: crypto-js.
 * @returns The string to sign: four lines.
 * @throws SigV4Error `InvalidOption` for a field that is missing, of another type or not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign
 * @example
 * const credentialScope = '20150830/eu-west-1/execute-api/aws4_request';
 * const stringToSign = createStringToSign({ amzDate: '20150830T123600Z', credentialScope, canonicalRequest });
 */
export function createStringToSign(input: StringToSignInput, hash: HashEngine = cryptoJsHash): string {
  checkStage(input, ['amzDate', 'credentialScope', 'canonicalRequest']);
  return joinStringToSign(input.amzDate, input.credentialScope, input.canonicalRequest, hash);
}

/** Joins the parts of a string to sign, which the signer has checked. */
export const joinStringToSign = (
  amzDate: string,
  credentialScope: string,
  canonicalRequest: string,
  hash: HashEngine,
): string => `${ALGORITHM}\n${amzDate}\n${credentialScope}\n${hash.sha256(canonicalRequest)}`;
