/** Credentials for each signature: asked for, checked, and renewed where they are too old. */
import { readKeys, SigV4Error } from '../sigv4/index.js';
import type { ClientConfigWithCredentials } from '../sigv4/index.js';
import { singleFlight, throwIfAborted } from '../util/index.js';
import type { AwsCredentials, CredentialProvider } from '../util/index.js';
import type { Clock } from './types.js';

/** What signatures get their credentials from. */
export interface CredentialSource {
  /** Good credentials, as far as their expiration tells. Once the signal is aborted, nothing is asked any more. */
  get(signal?: AbortSignal): Promise<AwsCredentials>;
  /** New ones, however good the last ones seem. Calls that come while they are being fetched share them. */
  refresh(): Promise<AwsCredentials>;
}

/** How long a refresh is shared, in milliseconds: one that never ends must not hold up all calls for good. */
const LONGEST_REFRESH = 30_000;

/**
 * Makes a source of credentials.
 * @param credentials What was given as `credentials`.
 * @param clock Tells whether they have expired.
 * @throws SigV4Error `InvalidCredentials` for an object that holds none; the source rejects with it for what a provider gives
 */
export function createCredentialSource(credentials: CredentialProvider, clock: Clock): CredentialSource {
  if (typeof credentials !== 'function') checkCredentials(credentials);
  const provider = typeof credentials === 'function' ? credentials : () => credentials;
  const ask = async (forceRefresh: boolean) => checkCredentials(await provider({ forceRefresh }));
  const refresh = singleFlight(() => ask(true), LONGEST_REFRESH);

  async function get(signal?: AbortSignal): Promise<AwsCredentials> {
    const current = await ask(false);
    throwIfAborted(signal);
    const isExpired = Number(current.expiration ?? Infinity) <= clock.now();
    return isExpired ? refresh() : current;
  }

  return { get, refresh };
}

function checkCredentials(given: AwsCredentials): AwsCredentials {
  if (Object(given) !== given || 'then' in given) {
    const expected = 'accessKeyId and secretAccessKey as text, or a function that gets them';
    throw new SigV4Error('InvalidCredentials', 'credentials', expected, given);
  }
  readKeys({ credentials: given } as ClientConfigWithCredentials);
  return given;
}
