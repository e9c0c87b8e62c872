/** Public keys. */

/** Public keys in the form of RFC 7517: a JSON Web Key Set. */
export interface KeySet {
  /** JSON Web Keys (RFC 7517, section 4). */
  readonly keys: readonly object[];
}
