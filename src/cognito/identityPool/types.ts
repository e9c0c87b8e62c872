/** What a client of an identity pool takes and gives, whichever way it reaches the pool. */
import type { AwsCredentials } from '../../util/index.js';
import type { CallOptions, IdentityPoolConfig } from '../shared/index.js';

/** Tokens by the name of the identity provider that issued them, such as `accounts.google.com`. */
export type Logins = Readonly<Record<string, string>>;

/** A client of an identity pool, which trades logins for credentials. */
export interface IdentityPool {
  /**
   * @param logins Who logged in where; empty for a guest.
   * @param loginId Tells users apart: identity ids are remembered under it. A guest's is `GUEST`.
   * @param identityId Whose they are, where that is known already. Default: the pool is asked.
   * @throws AuthError
   */
  getCredentials(logins: Logins, loginId: string, identityId?: string): Promise<AwsCredentials>;
  /** Forgets the identity id. */
  forget(loginId: string): Promise<void> | void;
}

/** What a backend of the app's own has got from the identity pool for one of its users. */
export interface DeveloperIdentity {
  /** `IdentityId` of GetOpenIdTokenForDeveloperIdentity. */
  readonly identityId: string;
  /** `Token` of the same answer. */
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

/** Makes a client of an identity pool; the built-in one and the one over aws-sdk have this form. */
export type ConnectIdentityPool = (
  config: IdentityPoolConfig,
  options: CallOptions,
  guest?: GuestIdentity,
) => IdentityPool;

/** Whose credentials are made known elsewhere. */
export interface CredentialOwner {
  /** Gives good ones at any later time. */
  getCredentials(): Promise<AwsCredentials>;
  /** Throws once they are no longer to be used: the session has ended. */
  assertCurrent(): void;
}

/** Makes credentials known elsewhere, such as to `AWS.config`. */
export interface CredentialSharing {
  /** Called with each new set. */
  share(credentials: AwsCredentials, owner: CredentialOwner): Promise<void> | void;
  /** Called when a session ends, whichever instance's: what `share` is still at work on must not be made known either. */
  revoke(): void;
}
