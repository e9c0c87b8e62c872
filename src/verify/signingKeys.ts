/** Signing keys, which are kept for their day, since deriving one takes longer than the rest of a check. */
import { deriveSigningKey } from '../sigv4/index.js';
import type { HashEngine } from '../sigv4/index.js';
import type { Claim } from './claim.js';

/** Gives the signature of a string to sign. */
export type Sign = (stringToSign: string) => string;

/** A signing key, and the function that keeps it for the caller's next request. */
export interface SigningKey {
  readonly sign: Sign;
  /** To be called once a signature with this key was found good, so that bad requests do not push out the keys of good ones. */
  keep(): void;
}

/** How many callers' keys are kept. Each takes about half a kilobyte. */
const MOST_KEYS = 1000;

/** The keys of the latest day that a good signature had, the last used at the end. */
interface DaysKeys {
  readonly day: string;
  readonly signs: Map<string, Sign>;
}

const keysOf = new WeakMap<HashEngine, DaysKeys>();

/**
 * The signing key for a claim, kept or derived. Keys are kept under a hash of the secret, so that a new secret for the same access
 * key id gets a new key.
 * @param claim The claim, which has the credential scope.
 * @param secretAccessKey The secret of the credentials that were found.
 * @param hash The hash engine.
 */
export function signingKeyOf(claim: Claim, secretAccessKey: string, hash: HashEngine): SigningKey {
  const { scopeDate: date, region, service, accessKeyId } = claim;
  const id = [accessKeyId, region, service, hash.sha256(secretAccessKey)].join('\n');
  const kept = keysOf.get(hash);
  const known = kept?.day === date ? kept.signs.get(id) : undefined;
  const sign = known ?? hash.hmac(deriveSigningKey({ secretAccessKey, date, region, service }, hash));
  return {
    sign,
    keep() {
      keep(hash, date, id, sign);
    },
  };
}

function keep(hash: HashEngine, day: string, id: string, sign: Sign): void {
  let kept = keysOf.get(hash);
  if (kept && day < kept.day) return; // a link of an earlier day must not remove the keys of today
  if (!kept || day > kept.day) keysOf.set(hash, (kept = { day, signs: new Map() }));
  const { signs } = kept;
  signs.delete(id);
  signs.set(id, sign);
  if (signs.size <= MOST_KEYS) return;
  const [oldest] = signs.keys();
  signs.delete(oldest!);
}
