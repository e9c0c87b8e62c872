/** The store of temporary credentials, in memory. */
import { randomBytes } from 'node:crypto';
import { checkOptions } from '../../util/index.js';
import { openClock, optionError } from '../options/index.js';
import type { Clock } from '../options/index.js';
import { awsId } from './awsId.js';

/** Who logged in for credentials, and where. */
export interface IssuedLogin {
  /** The provider's name, such as `cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool`. */
  readonly provider: string;
  /** The user's `sub` there. */
  readonly sub: string;
  /** The user pool, where the provider is one. */
  readonly userPoolId?: string | undefined;
  /** The user's groups in it. */
  readonly groups?: readonly string[] | undefined;
}

/** Temporary credentials, and the identity that they belong to. */
export interface IssuedCredentials {
  /** The access key id: `ASIA` and 16 letters or digits. */
  accessKeyId: string;
  /** The secret access key, of 40 characters, as AWS's. */
  secretAccessKey: string;
  /** The session token, of about 1,000 characters, as AWS's. */
  sessionToken: string;
  /** When they expire: from then on, requests signed with them are refused. */
  expiration: Date;
  /** The identity's id at the identity pool: `us-east-1:` and a UUID. */
  identityId: string;
  /** Whether the identity has a login; false for a guest. */
  authenticated: boolean;
  /** The user's name at the user pool, where there is one. */
  username?: string;
  /** The name of the role that they are for, where it is not the identity pool's own. */
  role?: string;
  /** The id of the identity pool that issued them. */
  identityPoolId?: string;
  /** How the identity was authenticated, as the `amr` claim of GetOpenIdToken says it. */
  amr?: readonly string[];
  /** Who logged in for them; of several logins the first. */
  login?: IssuedLogin;
  /** Tags of the session by name: `aws:PrincipalTag/NAME` in policies. */
  tags?: Readonly<Record<string, string>>;
}

/** Options of {@link CredentialStore.issue}: the identity, and how long its credentials are valid. */
export interface IssueOptions {
  /** The identity's id at the identity pool: `us-east-1:` and a UUID. */
  identityId: string;
  /** Whether the identity has a login; false for a guest. */
  authenticated: boolean;
  /** The user's name at the user pool. Default: none. */
  username?: string | undefined;
  /** The name of the role that they are for. Default: the identity pool's own, for users or for guests. */
  role?: string | undefined;
  /** The id of the identity pool that issues them. Default: none. */
  identityPoolId?: string | undefined;
  /**
   * How the identity was authenticated, as the `amr` claim of GetOpenIdToken says it: `['unauthenticated']`, or
   * `authenticated`, then the name of each provider and the login there, `PROVIDER:CognitoSignIn:SUB`.
   */
  amr?: readonly string[] | undefined;
  /** Who logged in for them. */
  login?: IssuedLogin | undefined;
  /** Tags of the session by name: `aws:PrincipalTag/NAME` in policies. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** Seconds until they expire, above 0. Default 3600, as with AWS's identity pools. */
  lifetimeSeconds?: number | undefined;
}

/** Options of {@link CredentialStore}. */
export interface CredentialStoreOptions {
  /** The clock by which credentials expire: gives a Date, or milliseconds since 1970. Default: the machine's. */
  now?: (() => Date | number) | undefined;
  /** How many credentials are kept at most; of more, the oldest are forgotten. Default 10,000. */
  limit?: number | undefined;
}

/** How long expired credentials are remembered, so that requests with them are refused as "expired" and not as "unknown". */
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
  'login',
  'tags',
  'lifetimeSeconds',
];

/**
 * The temporary credentials that a local identity pool has issued and a local API gateway checks, in memory and up to a limit.
 * Logging a store shows no secret.
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
   * Makes an empty store.
   * @param options The clock, and how many credentials are kept. Default: the machine's clock, and 10,000.
   * @throws LocalAwsError `InvalidOption` for an option that cannot be used or is not known
   * @example
   * const store = new CredentialStore({ limit: 100 });
   */
  constructor(options: CredentialStoreOptions = {}) {
    checkOptions(options, STORE_OPTIONS, optionError);
    this.#now = openClock(options.now);
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    if (!Number.isInteger(this.#limit) || this.#limit < 1) {
      throw optionError('limit', 'a whole number above 0', this.#limit);
    }
  }

  /** How many credentials are kept, among them those that have expired in the last hour. */
  get size(): number {
    return this.#byAccessKeyId.size;
  }

  /**
   * Makes new credentials and keeps them.
   * @param options The identity, and `lifetimeSeconds`.
   * @returns The credentials, with both secrets.
   * @throws LocalAwsError `InvalidOption` for an option that cannot be used or is not known
   * @example
   * const identityId = 'us-east-1:11111111-2222-3333-4444-555555555555';
   * const { accessKeyId, secretAccessKey, sessionToken } = store.issue({ identityId, authenticated: true, lifetimeSeconds: 60 });
   */
  issue(options: IssueOptions): IssuedCredentials {
    checkOptions(options, ISSUE_OPTIONS, optionError);
    const { identityId, authenticated, username, role, identityPoolId, amr, login, tags } = options;
    const { lifetimeSeconds = DEFAULT_LIFETIME_SECONDS } = options;
    if (typeof authenticated !== 'boolean') throw optionError('authenticated', 'true or false', authenticated);
    if (!Number.isFinite(lifetimeSeconds) || lifetimeSeconds <= 0) {
      throw optionError('lifetimeSeconds', 'seconds above 0', lifetimeSeconds);
    }
    const issued: IssuedCredentials = {
      accessKeyId: awsId('ASIA', randomBytes(16)), // the letters mark temporary keys
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomSessionToken(),
      expiration: new Date(this.#now().getTime() + lifetimeSeconds * 1000),
      identityId,
      authenticated,
      ...(username === undefined ? {} : { username }),
      ...(role === undefined ? {} : { role }),
      ...(identityPoolId === undefined ? {} : { identityPoolId }),
      ...(amr === undefined ? {} : { amr: [...amr] }),
      ...(login === undefined ? {} : { login: { ...login } }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    };
    this.#byAccessKeyId.set(issued.accessKeyId, issued);
    this.#forgetOld();
    return issued;
  }

  /**
   * Finds credentials by their access key id. Those that have expired in the last hour are found as well: compare `expiration` with
   * the clock.
   * @param accessKeyId The access key id.
   * @returns The credentials; `undefined` for unknown ones, revoked ones, and those that expired more than an hour ago.
   * @example
   * const identityId = store.find(accessKeyId)?.identityId;
   */
  find(accessKeyId: string): IssuedCredentials | undefined {
    const found = this.#byAccessKeyId.get(accessKeyId);
    return found && !this.#isLongExpired(found) ? found : undefined;
  }

  /**
   * Forgets credentials at once, as if they had never been issued.
   * @param accessKeyId The access key id.
   * @returns Whether they were known.
   * @example
   * store.revoke(accessKeyId); // the gateway now refuses requests that are signed with them
   */
  revoke(accessKeyId: string): boolean {
    return this.#byAccessKeyId.delete(accessKeyId);
  }

  /**
   * Forgets all credentials.
   * @example
   * afterEach(() => store.clear());
   */
  clear(): void {
    this.#byAccessKeyId.clear();
  }

  /** Forgets the oldest credentials, which a Map gives first, as long as there are too many or they have long expired. */
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

/** Makes a session token as AWS's: the beginning that all of them have, and about 1,000 characters of base64. */
function randomSessionToken(): string {
  return 'IQoJb3JpZ2luX2Vj' + randomBytes(768).toString('base64');
}
