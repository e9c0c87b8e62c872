/** A user's password. */
import { createHash } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';
import { createCredential } from './srp.js';
import type { SrpCredential } from './srp.js';

/** Whose password it is: a verifier is good for one name in one pool. */
export interface PasswordOwner {
  /** The pool's id without its region. */
  readonly poolName: string;
  /** The pool's own name of the user. */
  readonly username: string;
}

/**
 * A user's password, or of one that was kept over a restart only its salt and verifier: nobody has to keep the text. Another
 * password is another object.
 */
export class UserPassword {
  readonly #text: string | undefined;
  /** The costly part of a login's first answer. */
  #credential: SrpCredential | undefined;

  /** @param known The text, or what was kept of it. */
  constructor(known: string | SrpCredential) {
    if (typeof known === 'string') this.#text = known;
    else this.#credential = known;
  }

  /** The text, where it is known. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Salt and verifier under the pool's own name of the user. */
  credential({ poolName, username }: PasswordOwner): SrpCredential {
    return (this.#credential ??= createCredential(poolName, username, this.#text!));
  }

  /** Whether a text is the password, in a time that tells nothing of it, its length neither. */
  matches(given: string, owner: PasswordOwner): boolean {
    if (this.#text !== undefined) return equalInConstantTime(digest(given), digest(this.#text));
    const { salt, verifier } = this.credential(owner);
    const other = createCredential(owner.poolName, owner.username, given, salt).verifier;
    return equalInConstantTime(digest(other.toString(16)), digest(verifier.toString(16)));
  }
}

const digest = (value: string): Buffer => createHash('sha256').update(value, 'utf8').digest();
