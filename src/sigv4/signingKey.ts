/** Stage 3 of the specification: derive a signing key, and keep it for its day. */
import type { ClientSettings } from './clientConfig.js';
import { cryptoJsHash } from './cryptoJsHash.js';
import { hexToBytes } from './encoding.js';
import { checkStage } from './options.js';
import { SCOPE_TERMINATOR } from './stringToSign.js';
import type { HashEngine } from './types.js';

/** What a signing key is made of. */
export interface SigningKeyInput {
  /** The secret access key. Appears in no error. */
  secretAccessKey: string;
  /** The day, such as `20150830`. */
  date: string;
  /** The region to sign for, such as `eu-west-1`. */
  region: string;
  /** Signing name, such as `execute-api`. */
  service: string;
}

/**
 * Stage 3 of the specification, "Derive a signing key", for a day, a region and a service.
 * @param input The secret access key, and the parts of the credential scope.
 * @param hash Hash engine. Default: crypto-js.
 * @returns The key, 32 bytes.
 * @throws SigV4Error `InvalidOption` for a field that is missing, of another type or not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key
 * @example
 * const signingKey = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'eu-west-1', service: 'execute-api' });
 */
export function deriveSigningKey(input: SigningKeyInput, hash: HashEngine = cryptoJsHash): Uint8Array {
  checkStage(input, ['secretAccessKey', 'date', 'region', 'service']);
  const derive = (key: string | Uint8Array, part: string) => hexToBytes(hash.hmac(key)(part));
  const dateKey = derive('AWS4' + input.secretAccessKey, input.date);
  const regionKey = derive(dateKey, input.region);
  const serviceKey = derive(regionKey, input.service);
  return derive(serviceKey, SCOPE_TERMINATOR);
}

/** Gives the signature of a string to sign, under a signing key that it holds. */
export type Sign = (stringToSign: string) => string;

/**
 * The signing keys of each engine, kept for apps that make a client for every call: deriving a key takes 40 µs, twice as long as
 * the rest of a signature. At most 32 are kept, under a hash of the secret, and only those of the latest day.
 */
const keyCache = new WeakMap<HashEngine, Map<string, Sign>>();

/** Gives the function that signs for a client on a day: with a kept signing key, or a new one. */
export function signerFor(settings: ClientSettings, date: string): Sign {
  const { secretAccessKey, accessKeyId, region, service, hash } = settings;
  const id = [date, region, service, accessKeyId, hash.sha256(secretAccessKey)].join('\n');
  const cached = keyCache.get(hash) ?? new Map<string, Sign>();
  const known = cached.get(id);
  if (known) return known;
  for (const other of cached.keys()) if (cached.size >= 32 || !other.startsWith(date)) cached.delete(other);
  const sign = hash.hmac(deriveSigningKey({ secretAccessKey, date, region, service }, hash));
  keyCache.set(hash, cached.set(id, sign));
  return sign;
}
