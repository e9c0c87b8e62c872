/** Signing keys, kept for their day: deriving one takes longer than all the rest of a check. */
import { deriveSigningKey } from '../sigv4/index.js';
import type { HashEngine } from '../sigv4/index.js';
import type { Claim } from './claim.js';

/** Gives the signature of a string to sign. */
export type Sign = (stringToSign: string) => string;

/** What signs with a key, and what keeps it for the next request of the same caller. */
export interface SigningKey {
  readonly sign: Sign;
  /** To be called once a signature with it was found good: what anyone can send is not to push good keys out. */
  keep(): void;
}

/** How many callers' keys are kept: what signs with one takes about half a kilobyte. */
const MOST_KEYS = 1000;

/** The keys of one day, the latest that a good signature had; those used last stand at the end. */
interface DaysKeys {
  readonly day: string;
  readonly signs: Map<string, Sign>;
}

const keysOf = new WeakMap<HashEngine, DaysKeys>();

/**
 * The signing key of a claim, kept or derived. What is kept is known by a hash of the secret: one that was exchanged for
 * another under the same access key id is not taken for the old one.
 * @param claim Whose credential scope it is of.
 * @param secretAccessKey Of the credentials that were found.
 * @param hash The engine.
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
  if (kept && day < kept.day) return; // a link of an earlier day must not cost those of today their keys
  if (!kept || day > kept.day) keysOf.set(hash, (kept = { day, signs: new Map() }));
  const { signs } = kept;
  signs.delete(id);
  signs.set(id, sign);
  if (signs.size <= MOST_KEYS) return;
  const [oldest] = signs.keys();
  signs.delete(oldest!);
}
