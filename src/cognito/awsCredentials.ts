/** Credentials for apps that ask for them. */
import type { AwsCredentials } from '../util/index.js';
import type { Identity } from './identity.js';
import type { Parts } from './parts.js';
import { checkIdToken } from './shared/index.js';
import { sessionChanged, subjectOf } from './userPool/index.js';
import type { PoolUser } from './userPool/index.js';

/**
 * Gets the credentials of an identity, which is checked once more after they have come.
 * @param identity The identity that was found when the app asked.
 * @param forceRefresh Whether to get new ones in any case. Default false.
 * @throws AuthError `SessionChanged` where its session has ended meanwhile; what getting them throws
 */
export async function credentialsOf(identity: Identity, forceRefresh = false): Promise<AwsCredentials> {
  const credentials = await identity.getCredentials({ forceRefresh });
  identity.assertCurrent();
  return credentials;
}

/**
 * Gets the credentials for a token: the present identity's where it is a token of the user who is logged in.
 * @param parts The parts of the instance.
 * @param token What the app passed.
 * @throws AuthError `InvalidInput` if the text is not an ID token; `SessionChanged` for the token of a session that has ended here
 */
export async function credentialsForToken<User extends PoolUser>(
  { pool, currentIdentity, loader }: Parts<User>,
  token: string,
): Promise<AwsCredentials> {
  checkIdToken(token, 'userToken');
  if (pool?.isOfEndedSession(token)) throw sessionChanged();
  const session = pool?.current();
  const subject = subjectOf(token);
  if (subject !== undefined && subject === session?.subject) return credentialsOf(currentIdentity.of(session));
  return loader.loadFor(token, subject);
}
