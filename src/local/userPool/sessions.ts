/** Sessions of challenges: handles that a client gets with a challenge, and may use once, within minutes. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../options/index.js';
import { notAuthorized } from './errors.js';

interface Entry<T> {
  readonly value: T;
  readonly opened: number;
  used: boolean;
}

/**
 * Keeps the state of challenges under handles that cannot be guessed: Cognito's `Session` and `SECRET_BLOCK`. Entries are removed one
 * lifetime after they have expired; where there are too many, the oldest are removed earlier.
 */
export class Sessions<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #now: Clock;
  readonly #lifetime: number;
  readonly #limit: number;

  /**
   * @param now The clock.
   * @param lifetime How long a handle is good, in milliseconds.
   * @param limit The most entries to keep.
   */
  constructor(now: Clock, lifetime: number, limit = 10_000) {
    this.#now = now;
    this.#lifetime = lifetime;
    this.#limit = limit;
  }

  /** Keeps a value and returns its new handle, in base64. */
  open(value: T): string {
    const now = this.#now().getTime();
    for (const [handle, entry] of this.#entries) {
      if (this.#entries.size < this.#limit && now - entry.opened <= 2 * this.#lifetime) break;
      this.#entries.delete(handle);
    }
    const handle = randomBytes(96).toString('base64');
    this.#entries.set(handle, { value, opened: now, used: false });
    return handle;
  }

  /**
   * Reads a value and leaves the handle open, so that a mistyped code may be tried again.
   *
   * @throws AwsJsonError NotAuthorizedException when the handle is unknown, used or expired
   */
  read(handle: string): T {
    return this.#get(handle).value;
  }

  /**
   * Reads a value and uses the handle up.
   *
   * @throws AwsJsonError as {@link read}
   */
  take(handle: string): T {
    const entry = this.#get(handle);
    entry.used = true;
    return entry.value;
  }

  #get(handle: string): Entry<T> {
    const entry = this.#entries.get(handle);
    if (entry === undefined) throw notAuthorized('Invalid session for the user.');
    if (entry.used) throw notAuthorized('Invalid session for the user, session can only be used once.');
    if (this.#now().getTime() - entry.opened >= this.#lifetime) {
      throw notAuthorized('Invalid session for the user, session is expired.');
    }
    return entry;
  }
}
