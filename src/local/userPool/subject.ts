/** The subject of a request: a user, or a name without one, for which the same is kept and answered. */
import { createHmac } from 'node:crypto';
import type { StoredUser } from './stored.js';
import { aliasOf, idOf } from './users.js';

/** The key under which attempts are counted and codes are kept. */
export interface Subject {
  readonly id: string;
  /** Whether the user exists. Other names are counted in a limited number of groups, so that made-up names cannot fill the memory. */
  readonly isKnown: boolean;
}

/** The length of a group's name: three characters of base64 make 262,144 groups. */
const GROUP_LENGTH = 3;

/** Makes up the salts and ids of users who do not exist: random, and always the same for one name (RFC 5054, section 2.5.1.3). */
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

  /** The subject of a request. */
  subjectOf(name: string, user: StoredUser | undefined): Subject {
    if (user !== undefined) return { id: idOf(user), isKnown: true };
    return { id: this.bytesOf('subject', name).toString('base64').slice(0, GROUP_LENGTH), isKnown: false };
  }

  /**
   * The name of a user in answers, which does not tell whether the user exists: a UUID for those who log in with an address, for
   * others the name that was given.
   */
  userIdOf(name: string, user: StoredUser | undefined): string {
    if (aliasOf(name) === undefined) return name;
    return user === undefined ? this.#uuidOf(name) : idOf(user);
  }

  /** The salt of a login, whether the user exists or not. */
  saltOf(name: string, user: StoredUser | undefined): bigint {
    const bytes = this.bytesOf('salt', user === undefined ? name : idOf(user)).subarray(0, 16);
    return BigInt(`0x${bytes.toString('hex')}`);
  }

  /** A `sub` for a name, in the form of a version 4 UUID (RFC 9562, section 5.4). */
  #uuidOf(name: string): string {
    const bytes = this.bytesOf('sub', name).subarray(0, 16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}
