/** The type of public keys. */

/** Public keys in the form of RFC 7517: a JSON Web Key Set. */
export interface KeySet {
  /** The keys of the set, each a JSON Web Key (RFC 7517, section 4). */
  readonly keys: readonly object[];
}
