/** Whom a request is about, also where there is no such user: the same is then kept and answered as for one. */
import { createHmac } from 'node:crypto';
import type { StoredUser } from './stored.js';
import { aliasOf, idOf } from './users.js';

/** Whom attempts are counted for and codes are kept for. */
export interface Subject {
  readonly id: string;
  /** Those who are not are counted apart, by groups of names, so that a flood of made-up names forgets nothing, and takes no room. */
  readonly isKnown: boolean;
}

/** Three characters of base64: 262,144 groups. */
const GROUP_LENGTH = 3;

/** Makes what is shown of users who do not exist: random, but for one name always the same (RFC 5054, section 2.5.1.3). */
export class Simulation {
  readonly #key: Buffer;

  /** @param key Random bytes, secret. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Random bytes that are always the same for a name, whatever its case. */
  bytesOf(use: string, name: string): Buffer {
    return createHmac('sha256', this.#key).update(`${use} ${name.toLowerCase()}`, 'utf8').digest();
  }

  /** Whom a request is about. */
  subjectOf(name: string, user: StoredUser | undefined): Subject {
    if (user !== undefined) return { id: idOf(user), isKnown: true };
    return { id: this.bytesOf('subject', name).toString('base64').slice(0, GROUP_LENGTH), isKnown: false };
  }

  /**
   * What the pool calls a user towards whoever asks for a name, so that the answer tells nothing: those who sign in with an
   * address are called by a UUID, all others by the name that was given.
   */
  userIdOf(name: string, user: StoredUser | undefined): string {
    if (aliasOf(name) === undefined) return name;
    return user === undefined ? this.#uuidOf(name) : idOf(user);
  }

  /** The salt of a login: of a user who exists or does not. */
  saltOf(name: string, user: StoredUser | undefined): bigint {
    const bytes = this.bytesOf('salt', user === undefined ? name : idOf(user)).subarray(0, 16);
    return BigInt(`0x${bytes.toString('hex')}`);
  }

  /** In the form of a version 4 UUID (RFC 9562, section 5.4), as a `sub` is. */
  #uuidOf(name: string): string {
    const bytes = this.bytesOf('sub', name).subarray(0, 16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}
