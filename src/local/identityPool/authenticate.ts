/** Finds the identity of a request by its logins. */
import type { AwsJsonInput } from '../http/index.js';
import { uuidFrom } from './identities.js';
import { readId, readLogins, refuse } from './input.js';
import { verifyLogin } from './logins.js';
import type { VerifiedLogin } from './logins.js';
import type { Pool } from './state.js';

/** A request's identity, and how it was authenticated. */
export interface Authenticated {
  readonly identityId: string;
  /** Empty for a guest. */
  readonly logins: readonly VerifiedLogin[];
}

/**
 * The logins of a request, each checked.
 * @throws AwsJsonError as {@link readLogins} and {@link verifyLogin} do
 */
export async function verifiedLogins(pool: Pool, input: AwsJsonInput): Promise<VerifiedLogin[]> {
  return Promise.all(readLogins(input).map((login) => verifyLogin(login, pool.providers, pool.now())));
}

/** The id of the identity that a login has. */
export function identityOf(pool: Pool, { provider, subject }: VerifiedLogin): string {
  if (provider === pool.ownProvider) return subject; // the pool has said whose it is
  return `${pool.region}:${uuidFrom(pool.id, provider, subject)}`;
}

/**
 * The identity of a request that names one, after checking that its logins are the identity's.
 * @throws AwsJsonError ResourceNotFoundException, NotAuthorizedException
 */
export async function authenticate(pool: Pool, input: AwsJsonInput): Promise<Authenticated> {
  const { identities } = pool;
  const identityId = readId(input, 'IdentityId');
  const logins = await verifiedLogins(pool, input);
  const own = logins.map((login) => identityOf(pool, login));
  const known = identities.get(identityId);

  if (own.includes(identityId)) return { identityId: identities.add(identityId, 'user'), logins };
  if (known === undefined) throw refuse('ResourceNotFoundException', `Identity '${identityId}' not found.`);
  if (known === 'guest') {
    if (own[0] === undefined) return { identityId, logins };
    identities.delete(identityId);
    return { identityId: identities.add(own[0], 'user'), logins };
  }
  if (logins.length === 0) throw refuse('NotAuthorizedException', `Access to Identity '${identityId}' is forbidden.`);
  throw refuse(
    'NotAuthorizedException',
    "Logins don't match. Please include at least one valid login for this identity or identity pool.",
  );
}
