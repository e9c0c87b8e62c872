/** Credentials, and where they come from. */
import type { AwsCredentials } from '../sigv4/index.js';

export type { AwsCredentials };

/** What a function is told that is asked for credentials. */
export interface CredentialContext {
  /** Whether the last ones have expired or were refused, so that new ones are wanted. */
  readonly forceRefresh?: boolean;
  /** The ID token of the user of the user pool, where one is logged in: told by `createApig` alone. */
  readonly idToken?: string | undefined;
  /** That token by its provider's name, as AWS SDK v3's `fromCognitoIdentityPool` takes it: told by `createApig` alone. */
  readonly logins?: Readonly<Record<string, string>>;
}

/**
 * Credentials, or a function that gets them: one of AWS SDK v3's providers, or your own. It is asked each time a request
 * is signed and should keep what it has, until it is asked with `forceRefresh`: the last ones have expired or were refused.
 */
export type CredentialProvider =
  AwsCredentials | ((context: CredentialContext) => AwsCredentials | Promise<AwsCredentials>);
