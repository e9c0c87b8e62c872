/** Credentials, and where they come from. */
import type { AwsCredentials } from '../sigv4/index.js';

export type { AwsCredentials };

/** What a credential provider is told when it is asked. */
export interface CredentialContext {
  /** Whether new credentials are wanted, since the last ones have expired or were refused. */
  readonly forceRefresh?: boolean;
  /** The ID token of the user who is logged in at the user pool. Only `createApig` passes it. */
  readonly idToken?: string | undefined;
  /** The same token by its provider's name, as AWS SDK v3's `fromCognitoIdentityPool` takes it. Only `createApig` passes it. */
  readonly logins?: Readonly<Record<string, string>>;
}

/**
 * Credentials, or a function that gets them: one of AWS SDK v3's providers, or your own. It is asked each time a request is signed,
 * and should give the credentials that it has until it is asked with `forceRefresh: true`.
 */
export type CredentialProvider =
  AwsCredentials | ((context: CredentialContext) => AwsCredentials | Promise<AwsCredentials>);
