/** Finds the user that a request is about. */
import { clientOf, proofOf } from './appClients.js';
import { invalidParameter, userNotFound } from './errors.js';
import type { Fields, Pool } from './state.js';
import { text } from './state.js';
import type { StoredUser } from './stored.js';
import type { Subject } from './subject.js';
import { idOf } from './users.js';

/** The user whom a request names. In a pool that hides who exists, there may be no such user. */
export interface NamedUser {
  readonly name: string;
  /** The user; `undefined` if the pool hides who exists, and nobody has this name. */
  readonly user: StoredUser | undefined;
  readonly subject: Subject;
}

/**
 * The user whom a request's access token belongs to.
 *
 * @throws AwsJsonError NotAuthorizedException for a token that is not valid; UserNotFoundException where the user was deleted, also
 *   if another one has the same name now
 */
export function tokensUser(pool: Pool, request: Fields): StoredUser {
  const { username, sub } = pool.tokens.readAccessToken(text(request, 'AccessToken'));
  const user = pool.users.get(username);
  if (idOf(user) !== sub) throw userNotFound();
  return user;
}

/**
 * The user whom a request of an app client names.
 *
 * @throws AwsJsonError UserNotFoundException, unless the pool hides who exists
 */
export function namedUser(pool: Pool, request: Fields): NamedUser {
  clientOf(pool, request, proofOf(request));
  return findNamed(pool, text(request, 'Username'));
}

/** The longest name that AWS allows, in characters. */
const MAX_NAME_LENGTH = 128;

/**
 * The user of a name.
 *
 * @throws AwsJsonError UserNotFoundException, unless the pool hides who exists; InvalidParameterException where nobody can
 *   have such a name, which is not kept then either
 */
export function findNamed(pool: Pool, name: string): NamedUser {
  if (name.length > MAX_NAME_LENGTH) {
    throw invalidParameter(
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length less " +
        `than or equal to ${MAX_NAME_LENGTH}`,
    );
  }
  const user = pool.preventUserExistenceErrors ? pool.users.find(name) : pool.users.get(name);
  return { name, user, subject: pool.simulation.subjectOf(name, user) };
}

/** The name of a user in a login's answers: the pool's own name of the user, unless the pool hides who exists. */
export function userIdOf(pool: Pool, name: string, user: StoredUser | undefined): string {
  if (user !== undefined && user.Password.text === undefined) return user.Username;
  return pool.preventUserExistenceErrors ? pool.simulation.userIdOf(name, user) : (user?.Username ?? name);
}
