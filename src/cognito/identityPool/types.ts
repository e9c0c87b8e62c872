/** The interface of an identity pool's clients, whichever way they reach the pool. */
import type { AwsCredentials } from '../../util/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';

/** Tokens by the name of the identity provider that issued them, such as `accounts.google.com`. */
export type Logins = Readonly<Record<string, string>>;

/** A client of an identity pool. */
export interface IdentityPool {
  /**
   * Trades logins for credentials.
   * @param logins Tokens by provider; empty for a guest.
   * @param loginId An id for the user, under which the identity id is remembered. A guest's is `GUEST`.
   * @param identityId The identity's id, where it is known. Default: the pool is asked for it.
   * @throws AuthError `IdentityPoolRefused`, `Unreachable` …
   */
  getCredentials(logins: Logins, loginId: string, identityId?: string): Promise<AwsCredentials>;
  /** Forgets the identity id that is remembered for a `loginId`. */
  forget(loginId: string): Promise<void> | void;
}

/** The identity of a user for whom a backend of the app's own vouches. */
export interface DeveloperIdentity {
  /** The `IdentityId` of the answer to GetOpenIdTokenForDeveloperIdentity. */
  readonly identityId: string;
  /** The `Token` of the same answer. */
  readonly token: string;
}

/** Where a guest's identity id is kept. */
export interface GuestIdentity {
  readonly read: () => string | undefined;
  readonly keep: (identityId: string) => void;
  readonly forget: () => void;
}

/** The `loginId` of guests. */
export const GUEST = '';

/** Whether there are no tokens, as for guests. */
export const isEmpty = (logins: Logins): boolean => Object.keys(logins).length === 0;

/** Whether this is a guest. Users of other identity providers have a guest's `loginId`, but logins. */
export const isGuest = (loginId: string, logins: Logins): boolean => loginId === GUEST && isEmpty(logins);

/** Makes a client of an identity pool: `connectIdentityPool`, or `connectAwsSdk` over aws-sdk. */
export type ConnectIdentityPool = (
  config: IdentityPoolConfig,
  options: CallOptions,
  guest?: GuestIdentity,
) => IdentityPool;

/** The identity whose credentials are made known elsewhere. */
export interface CredentialOwner {
  /** Gives credentials that are good at the time of the call. */
  getCredentials(): Promise<AwsCredentials>;
  /** Throws once the session has ended, so that the credentials must not be used any more. */
  assertCurrent(): void;
}

/** Makes credentials known elsewhere, such as to `AWS.config`. */
export interface CredentialSharing {
  /** To be called with new credentials. */
  share(credentials: AwsCredentials, owner: CredentialOwner): Promise<void> | void;
  /** To be called when a session of any instance ends. A `share` that is still under way must then have no effect. */
  revoke(): void;
}
