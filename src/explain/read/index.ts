/** Reads the gateway's answer and the signed request. */
export { readAnswer } from './answer.js';
export { contentOf } from './content.js';
export { decodeFully, decodeOnce } from './decode.js';
export { splitQuery } from './query.js';
export { recompute } from './recompute.js';
export { readSigned } from './signed.js';
export type { Answer, CanonicalRequest, Recomputed, Signed, StringToSign } from './types.js';
