/** Credentials for each signature: asked for, checked, and renewed where they are too old. */
import { SigV4Error } from '../sigv4/index.js';
import type { Clock } from './clock.js';

/** Credentials in AWS SDK v3's shape. */
export interface AwsCredentials {
  /** Names the key; no secret. */
  readonly accessKeyId: string;
  /** What signs. */
  readonly secretAccessKey: string;
  /** Goes with every request; long-lived keys have none. */
  readonly sessionToken?: string | undefined;
  /** Until when they are good; undefined for ever. */
  readonly expiration?: Date | undefined;
}

/**
 * Credentials, or a function that gets them: one of AWS SDK v3's providers, or your own. It is asked each time a request
 * is signed and should keep what it has, until it is asked with `forceRefresh`: the last ones have expired or were refused.
 */
export type CredentialProvider =
  AwsCredentials | ((options?: { forceRefresh?: boolean }) => AwsCredentials | Promise<AwsCredentials>);

/** What signatures get their credentials from. */
export interface CredentialSource {
  /** Good credentials, as far as their expiration tells. Once the signal is aborted, nothing is asked any more. */
  get(signal?: AbortSignal): Promise<AwsCredentials>;
  /** New ones, however good the last ones seem. Calls that come while they are being fetched share them. */
  refresh(): Promise<AwsCredentials>;
}

/** How long a refresh is shared, in milliseconds: one that never ends must not hold up all calls for good. */
const LONGEST = 30_000;

/**
 * @param credentials What was given as `credentials`.
 * @param clock Tells whether they have expired.
 * @throws SigV4Error `InvalidCredentials`
 */
export function createCredentialSource(credentials: CredentialProvider, clock: Clock): CredentialSource {
  const provider = typeof credentials === 'function' ? credentials : () => credentials;
  if (typeof credentials !== 'function') checked(credentials);
  let underWay: { readonly since: number; readonly promise: Promise<AwsCredentials> } | undefined;

  function refresh(): Promise<AwsCredentials> {
    if (underWay && Date.now() - underWay.since < LONGEST) return underWay.promise;
    const promise = ask().finally(() => {
      if (underWay === mine) underWay = undefined;
    });
    const mine = (underWay = { since: Date.now(), promise });
    return promise;
  }

  async function ask(): Promise<AwsCredentials> {
    return checked(await provider({ forceRefresh: true }));
  }

  async function get(signal?: AbortSignal): Promise<AwsCredentials> {
    const given = checked(await provider());
    signal?.throwIfAborted();
    const isExpired = Number(given.expiration ?? Infinity) <= clock.now();
    return isExpired ? refresh() : given;
  }

  return { get, refresh };
}

function checked(given: unknown): AwsCredentials {
  const expected = 'accessKeyId and secretAccessKey as text, or a function that gets them';
  if (typeof given !== 'object' || given === null) {
    throw new SigV4Error('InvalidCredentials', 'credentials', expected, given);
  }
  for (const name of ['accessKeyId', 'secretAccessKey'] as const) {
    const value: unknown = Reflect.get(given, name);
    if (typeof value === 'string' && value !== '') continue;
    throw new SigV4Error('InvalidCredentials', `credentials.${name}`, 'a non-empty string', value);
  }
  return given as AwsCredentials;
}
