/** Ids in the form of IAM's. */

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An id as IAM makes them: four letters that tell its kind, and a character of base32 for each byte.
 * @param kind Such as `ASIA`, for temporary access keys.
 * @param bytes The bytes that the id is made of.
 */
export const awsId = (kind: string, bytes: Uint8Array): string =>
  kind + Array.from(bytes, (byte) => BASE32[byte & 31]).join('');
