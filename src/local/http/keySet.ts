/** The types of public keys. */

/** A public key in the form of RFC 7517, section 4. */
export interface PublicJsonWebKey {
  /** The key's type, such as `RSA`. */
  readonly kty: string;
  /** The key's id, which the tokens name. */
  readonly kid: string;
  /** The algorithm that the key is used with, such as `RS256`. */
  readonly alg: string;
  /** What the key is used for: signatures. */
  readonly use: 'sig';
  /** The parameters of the key, such as `n` and `e` for RSA. */
  readonly [member: string]: unknown;
}

/** A JSON Web Key Set (RFC 7517, section 5). */
export interface JsonWebKeySet {
  /** The keys of the set, one for each `kid`. */
  keys: PublicJsonWebKey[];
}

/** Public keys of another side, in the form of RFC 7517: a JSON Web Key Set. */
export interface KeySet {
  /** The keys of the set, each a JSON Web Key (RFC 7517, section 4). */
  readonly keys: readonly object[];
}
