/** The password of a user, or what is kept of it. */
import { createHash } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';
import { createCredential } from './srp.js';
import type { SrpCredential } from './srp.js';

/** The user whose password it is: a verifier is good for one name in one pool. */
export interface PasswordOwner {
  /** The pool's id without its region. */
  readonly poolName: string;
  /** The pool's own name of the user. */
  readonly username: string;
}

/**
 * A user's password. Of a password that was kept over a restart, there are only salt and verifier, so that no file has to hold the text.
 * A new password is a new object.
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

  /** Whether a text is the password. The time that it takes tells neither the password nor its length. */
  matches(given: string, owner: PasswordOwner): boolean {
    if (this.#text !== undefined) return equalInConstantTime(digest(given), digest(this.#text));
    const { salt, verifier } = this.credential(owner);
    const other = createCredential(owner.poolName, owner.username, given, salt).verifier;
    return equalInConstantTime(digest(other.toString(16)), digest(verifier.toString(16)));
  }
}

const digest = (value: string): Buffer => createHash('sha256').update(value, 'utf8').digest();
