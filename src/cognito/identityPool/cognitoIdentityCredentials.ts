/** Credentials from an identity pool on their own, for `createSignedFetch` and AWS SDK v3. */
import { checkOptions, readClock } from '../../util/index.js';
import type { AwsCredentials, ForceRefresh } from '../../util/index.js';
import {
  answerTimeout,
  checkIdToken,
  checkRole,
  identityPoolConfig,
  unexpected,
  unknownSetting,
} from '../shared/index.js';
import { connectIdentityPool } from './connectIdentityPool.js';
import { keepCredentials } from './keepCredentials.js';
import type { Logins } from './types.js';

/** Options of `cognitoIdentityCredentials`. */
export interface CognitoIdentityOptions {
  /** The identity pool's id, such as `eu-west-1:01234567-89ab-cdef-0123-456789abcdef`. */
  readonly identityPoolId: string;
  /**
   * ID tokens, or functions that get them, by the name of the identity provider, such as `accounts.google.com` or
   * `cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`. Default: none, which gives a guest's credentials.
   */
  readonly logins?: Readonly<Record<string, string | (() => string | Promise<string>)>> | undefined;
  /** The ARN of the role to ask for, one of those in the ID token's `cognito:roles`. Default: the identity pool decides. */
  readonly role?: string | undefined;
  /** The identity pool's URL, such as that of a local one. Default: AWS's own for the region. */
  readonly endpoint?: string | undefined;
  /** Sends the requests to the identity pool. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one answer may take, in milliseconds. Default 30000. */
  readonly timeout?: number | undefined;
  /** The clock: gives a Date, or milliseconds since 1970. Default: the device's. */
  readonly now?: (() => Date | number) | undefined;
}

const OPTIONS = Object.keys({
  identityPoolId: true,
  logins: true,
  role: true,
  endpoint: true,
  fetch: true,
  timeout: true,
  now: true,
} satisfies Record<keyof CognitoIdentityOptions, true>);

/**
 * Makes a provider of credentials from an identity pool, with no SDK. It keeps them until shortly before they expire.
 * @param options The identity pool and the logins. Make a new provider for each user.
 * @returns A provider in the shape of AWS SDK v3's, for `createSignedFetch` and for AWS SDK v3's clients.
 * @throws AuthError `InvalidConfig`, which names the option; the provider rejects with AuthError `IdentityPoolRefused`,
 *   `InvalidInput` if the text is not an ID token, `Unreachable` …
 * @see https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
 * @example
 * const credentials = cognitoIdentityCredentials({
 *   identityPoolId: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
 *   logins: { 'accounts.google.com': googleIdToken },
 * });
 */
export function cognitoIdentityCredentials(
  options: CognitoIdentityOptions,
): (context?: ForceRefresh) => Promise<AwsCredentials> {
  checkOptions(options, OPTIONS, unknownSetting);
  const { logins = {}, role, fetch = globalThis.fetch } = options;
  if (role !== undefined) checkRole(role);
  const now = readClock(options.now, unexpected);
  const timeout = answerTimeout(options.timeout, 'timeout');
  const config = identityPoolConfig({ ...options }, '', 'identityPoolId', 'endpoint');
  const identityPool = connectIdentityPool({ ...config, role }, { fetch, timeout });
  return keepCredentials(async () => identityPool.getCredentials(await readLogins(logins), ''), now);
}

/**
 * Gets the tokens of all logins.
 * @param logins Tokens, or functions that get them.
 * @throws AuthError `InvalidInput` if the text is not an ID token; what such a function threw, unchanged
 */
export async function readLogins(logins: NonNullable<CognitoIdentityOptions['logins']>): Promise<Logins> {
  const tokens = Object.entries(logins).map(async ([provider, given]) => {
    const token = typeof given === 'function' ? await given() : given;
    return [provider, checkIdToken(token, `logins['${provider}']`)] as const;
  });
  return Object.fromEntries(await Promise.all(tokens));
}
