/** The ids of identities: how they are made, and which exist. */
import { createHash } from 'node:crypto';

/** Which identities exist; bounded, so that a pool that runs for weeks stays small. */
export class KnownIdentities {
  static readonly #LIMIT = 10_000;
  readonly #kinds: Map<string, 'user' | 'guest'>;

  /** @param kept Those that were kept over a restart. Default: none. */
  constructor(kept: ReadonlyMap<string, 'user' | 'guest'> = new Map()) {
    this.#kinds = new Map(kept);
  }

  /** All of them, to be kept. */
  kept(): ReadonlyMap<string, 'user' | 'guest'> {
    return this.#kinds;
  }

  get(identityId: string): 'user' | 'guest' | undefined {
    return this.#kinds.get(identityId);
  }

  /** Adds an identity or makes it the newest one; the oldest has to go where there are too many. */
  add(identityId: string, kind: 'user' | 'guest'): string {
    this.#kinds.delete(identityId);
    this.#kinds.set(identityId, kind);
    const [oldest] = this.#kinds.keys();
    if (this.#kinds.size > KnownIdentities.#LIMIT && oldest !== undefined) this.#kinds.delete(oldest);
    return identityId;
  }

  delete(identityId: string): void {
    this.#kinds.delete(identityId);
  }
}

/** The same parts give the same id, in the form of a version 4 UUID, as AWS's have it. */
export function uuidFrom(...parts: string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
