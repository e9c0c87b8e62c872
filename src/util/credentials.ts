/** Credentials, and where they come from. */
import type { GivenCredentials } from '../sigv4/index.js';

export type { GivenCredentials };

/** Credentials in AWS SDK v3's shape: what there is not is missing. */
export interface AwsCredentials extends GivenCredentials {
  /** The session token of temporary credentials; long-lived keys have none. */
  readonly sessionToken?: string;
  /** When they expire. Missing: never, or not known. */
  readonly expiration?: Date;
  /** The identity's id, where the credentials come from an identity pool. */
  readonly identityId?: string;
}

/** What a credential provider is told when it is asked. */
export interface CredentialContext {
  /** Whether new credentials are wanted, since the last ones have expired or were refused. */
  readonly forceRefresh?: boolean;
  /** The ID token of the user who is logged in at the user pool. Only `createApig` passes it. */
  readonly idToken?: string | undefined;
  /** The same token by its provider's name, as AWS SDK v3's `fromCognitoIdentityPool` takes it. Only `createApig` passes it. */
  readonly logins?: Readonly<Record<string, string>>;
  /**
   * Never given. AWS SDK v3's providers take settings of a client by this name, and to TypeScript a provider fits only where it shares
   * a name with what it is given.
   */
  readonly callerClientConfig?: never;
}

/**
 * Credentials, or a function that gets them: one of AWS SDK v3's providers, or your own. It is asked each time a request is signed,
 * and should give the credentials that it has until it is asked with `forceRefresh: true`.
 */
export type CredentialProvider =
  GivenCredentials | ((context: CredentialContext) => GivenCredentials | Promise<GivenCredentials>);

/** Asks for a new token, or a provider of this package for new credentials: what else AWS SDK v3 passes to providers is ignored. */
export interface ForceRefresh {
  /** `true` gets new ones even where those that are kept are still good. Default false. */
  readonly forceRefresh?: boolean | undefined;
}
