/** Temporary credentials, in memory. */
import { randomBytes } from 'node:crypto';
import { checkKnownOptions, optionError, readClock } from '../options/index.js';
import type { Clock } from '../options/index.js';

/** Temporary credentials, and whose they are. */
export interface IssuedCredentials {
  /** `ASIA` and 16 letters or digits. */
  accessKeyId: string;
  /** 40 characters, as AWS's. */
  secretAccessKey: string;
  /** Long, as AWS's. */
  sessionToken: string;
  /** From this moment on a request signed with them is refused. */
  expiration: Date;
  /** The identity they stand for: `us-east-1:` and a UUID. */
  identityId: string;
  /** False for a guest: an identity without a login. */
  authenticated: boolean;
  /** The user's name at the user pool, where there is one. */
  username?: string;
  /** The name of the role that they are for, where it is not the identity pool's own. */
  role?: string;
  /** The identity pool that they come from. */
  identityPoolId?: string;
  /** How the identity was authenticated, as the `amr` claim of GetOpenIdToken says it. */
  amr?: readonly string[];
}

/** Whom {@link CredentialStore.issue} makes credentials for, and for how long. */
export interface IssueOptions {
  /** The identity they stand for: `us-east-1:` and a UUID. */
  identityId: string;
  /** False for a guest: an identity without a login. */
  authenticated: boolean;
  /** The user's name at the user pool, where there is one. */
  username?: string | undefined;
  /** The name of the role that they are for. Default: the identity pool's own, for users or for guests. */
  role?: string | undefined;
  /** The identity pool that they come from. */
  identityPoolId?: string | undefined;
  /**
   * How the identity was authenticated, as the `amr` claim of GetOpenIdToken says it: `['unauthenticated']`, or
   * `authenticated`, then the name of each provider and the login there, `PROVIDER:CognitoSignIn:SUB`.
   */
  amr?: readonly string[] | undefined;
  /** Seconds until they expire, above 0. Default 3600, as an identity pool has it. */
  lifetimeSeconds?: number | undefined;
}

/** Options of {@link CredentialStore}, all optional. */
export interface CredentialStoreOptions {
  /** The clock that expiry is measured by: gives a Date, or milliseconds since 1970. Default: the machine's. */
  now?: (() => Date | number) | undefined;
  /** How many credentials are kept at most; beyond that the oldest are forgotten. Default 10,000. */
  limit?: number | undefined;
}

/** Expired credentials are remembered this long, so that their use is refused as "expired" and not as "unknown". */
const REMEMBER_EXPIRED_MS = 60 * 60 * 1000;
const DEFAULT_LIFETIME_SECONDS = 60 * 60;
const DEFAULT_LIMIT = 10_000;
const STORE_OPTIONS: readonly (keyof CredentialStoreOptions)[] = ['now', 'limit'];
const ISSUE_OPTIONS: readonly (keyof IssueOptions)[] = [
  'identityId',
  'authenticated',
  'username',
  'role',
  'identityPoolId',
  'amr',
  'lifetimeSeconds',
];

/**
 * The temporary credentials that a local identity pool has issued and a local API gateway checks: in memory, bounded.
 * The secrets sit in a private field, so that logging a store shows none of them.
 *
 * @example
 * const store = new CredentialStore();
 * const { accessKeyId } = store.issue({ identityId: 'us-east-1:11111111-2222-3333-4444-555555555555', authenticated: true });
 * store.find(accessKeyId); // the credentials
 * store.revoke(accessKeyId); // from now on unknown
 */
export class CredentialStore {
  readonly #byAccessKeyId = new Map<string, IssuedCredentials>();
  readonly #now: Clock;
  readonly #limit: number;

  /**
   * @param options The clock and the limit; both optional.
   * @throws {LocalAwsError} `InvalidOption`, where one cannot be used or is not known
   */
  constructor(options: CredentialStoreOptions = {}) {
    checkKnownOptions(options, STORE_OPTIONS);
    this.#now = readClock(options.now);
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    if (!Number.isInteger(this.#limit) || this.#limit < 1) {
      throw optionError('limit', 'a whole number above 0', this.#limit);
    }
  }

  /** How many credentials are remembered, those expired of late among them. */
  get size(): number {
    return this.#byAccessKeyId.size;
  }

  /**
   * Makes new credentials and remembers them.
   *
   * @param options Whom for, and for how long.
   * @returns The credentials, with both secrets.
   * @throws {LocalAwsError} `InvalidOption`, where `lifetimeSeconds` is not a finite number above 0, or an option is not known
   */
  issue(options: IssueOptions): IssuedCredentials {
    checkKnownOptions(options, ISSUE_OPTIONS);
    const { identityId, authenticated, username, role, identityPoolId, amr } = options;
    const { lifetimeSeconds = DEFAULT_LIFETIME_SECONDS } = options;
    if (typeof authenticated !== 'boolean') throw optionError('authenticated', 'true or false', authenticated);
    if (!Number.isFinite(lifetimeSeconds) || lifetimeSeconds <= 0) {
      throw optionError('lifetimeSeconds', 'seconds above 0', lifetimeSeconds);
    }
    const issued: IssuedCredentials = {
      accessKeyId: randomAccessKeyId(),
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomSessionToken(),
      expiration: new Date(this.#now().getTime() + lifetimeSeconds * 1000),
      identityId,
      authenticated,
      ...(username === undefined ? {} : { username }),
      ...(role === undefined ? {} : { role }),
      ...(identityPoolId === undefined ? {} : { identityPoolId }),
      ...(amr === undefined ? {} : { amr: [...amr] }),
    };
    this.#byAccessKeyId.set(issued.accessKeyId, issued);
    this.#forgetOld();
    return issued;
  }

  /**
   * The credentials with this access key id: valid ones, and for an hour also expired ones, so that whoever asks
   * compares `expiration` with the clock.
   *
   * @returns `undefined` for unknown, revoked and long-expired ones.
   */
  find(accessKeyId: string): IssuedCredentials | undefined {
    const found = this.#byAccessKeyId.get(accessKeyId);
    return found && !this.#isLongExpired(found) ? found : undefined;
  }

  /**
   * Forgets credentials at once, as if they had never been issued.
   *
   * @returns Whether they were known.
   */
  revoke(accessKeyId: string): boolean {
    return this.#byAccessKeyId.delete(accessKeyId);
  }

  /** Forgets all credentials. */
  clear(): void {
    this.#byAccessKeyId.clear();
  }

  /** A Map keeps the order of insertion, so the oldest come first. */
  #forgetOld(): void {
    for (const [accessKeyId, issued] of this.#byAccessKeyId) {
      if (this.#byAccessKeyId.size <= this.#limit && !this.#isLongExpired(issued)) return;
      this.#byAccessKeyId.delete(accessKeyId);
    }
  }

  #isLongExpired(issued: IssuedCredentials): boolean {
    return issued.expiration.getTime() + REMEMBER_EXPIRED_MS <= this.#now().getTime();
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `ASIA` marks temporary keys; 16 characters of base32 follow, as at AWS. */
function randomAccessKeyId(): string {
  return 'ASIA' + Array.from(randomBytes(16), (byte) => BASE32[byte & 31]).join('');
}

/** As long as a real one (about 1,000 characters of base64, after the opening that all of them have). */
function randomSessionToken(): string {
  return 'IQoJb3JpZ2luX2Vj' + randomBytes(768).toString('base64');
}
