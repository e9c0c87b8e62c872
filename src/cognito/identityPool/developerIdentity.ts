/** Developer-authenticated identities: a backend of the app's own vouches for its users. */
import { AuthError } from '../../errors.js';
import { cognitoIdentityProvider, describeValue, optionMessage } from '../../util/index.js';
import type { DeveloperIdentity } from './types.js';

/** A developer-authenticated identity, and the provider name under which the identity pool accepts its token. */
export interface NamedIdentity extends DeveloperIdentity {
  readonly provider: string;
}

/**
 * Checks what the app's function `developerIdentity` gave.
 * @param given What it gave.
 * @param region The identity pool's region.
 * @throws AuthError `InvalidInput`
 */
export function readDeveloperIdentity(given: unknown, region: string): NamedIdentity {
  const { identityId, token } = Object(given) as Partial<DeveloperIdentity>;
  const isWhole = typeof identityId === 'string' && identityId !== '' && typeof token === 'string' && token !== '';
  if (isWhole) return { identityId, token, provider: cognitoIdentityProvider(region) };
  const expected = 'it to give { identityId, token } of GetOpenIdTokenForDeveloperIdentity';
  throw new AuthError('InvalidInput', optionMessage('developerIdentity', expected, describeValue(given)));
}
