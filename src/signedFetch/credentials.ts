/** Gets the credentials for each signature, checks them, and renews them where they have expired. */
import { readKeys, SigV4Error } from '../sigv4/index.js';
import type { ClientConfigWithCredentials } from '../sigv4/index.js';
import { singleFlight, throwIfAborted } from '../util/index.js';
import type { AwsCredentials, CredentialProvider, GivenCredentials } from '../util/index.js';
import type { Clock } from './types.js';

/** A source of credentials. */
export interface CredentialSource {
  /** Credentials that have not expired. Once the signal is aborted, the provider is not asked any more. */
  get(signal?: AbortSignal): Promise<AwsCredentials>;
  /** New credentials, even where the last ones have not expired. Calls that come meanwhile share them. */
  refresh(): Promise<AwsCredentials>;
}

/** How long a refresh is shared, in milliseconds: one that never ends must not block all calls for ever. */
const LONGEST_REFRESH = 30_000;

/**
 * Makes a source of credentials.
 * @param credentials What was given as `credentials`.
 * @param clock Tells whether they have expired.
 * @throws SigV4Error `InvalidCredentials` for an object without keys; where a provider gives such an object, the source
 *   rejects with that error
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

function checkCredentials(given: GivenCredentials): AwsCredentials {
  if (Object(given) !== given || 'then' in given) {
    const expected = 'accessKeyId and secretAccessKey as text, or a function that gets them';
    throw new SigV4Error('InvalidCredentials', 'credentials', expected, given);
  }
  readKeys({ credentials: given } as ClientConfigWithCredentials);
  return given as AwsCredentials; // a property that is `undefined` counts as missing wherever credentials are read
}
