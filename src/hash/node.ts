/**
 * SHA-256 and HMAC of `node:crypto`: for servers, where it is several times as fast as crypto-js.
 * @module sigv4-client/hash/node
 */
import * as crypto from 'node:crypto';
import type { HashEngine } from '../sigv4/index.js';

export type { HashEngine };

/**
 * The hash engine on `node:crypto`, for the option `hash` of `newClient`, `verifyRequest` and others.
 * @example
 * import { newClient } from 'sigv4-client';
 * import { nodeHash } from 'sigv4-client/hash/node';
 * const client = newClient({ accessKey, secretKey, endpoint, hash: nodeHash });
 */
export const nodeHash: HashEngine = {
  // `crypto.hash`, which Node has since 20.12, makes no object for each call as createHash does: 1.5 µs in place of 2.3 for the
  // canonical request of a GET.
  sha256:
    typeof crypto.hash === 'function'
      ? (data) => crypto.hash('sha256', data, 'hex')
      : (data) => crypto.createHash('sha256').update(data).digest('hex'),
  hmac: (key) => {
    const secret = crypto.createSecretKey(typeof key === 'string' ? Buffer.from(key) : key);
    return (message) => crypto.createHmac('sha256', secret).update(message).digest('hex');
  },
};
