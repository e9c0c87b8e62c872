/** The flow CUSTOM_AUTH: a challenge that the options define for the pool or for a user. */
import { INCORRECT_LOGIN, invalidParameter, invalidSession, notAuthorized } from './errors.js';
import { ask, checkStatus, issueTokens } from './loginSteps.js';
import { userIdOf } from './requestUsers.js';
import type { NamedUser } from './requestUsers.js';
import type { Challenge, Fields, Login, Pool } from './state.js';
import { text } from './state.js';
import type { StoredUser } from './stored.js';
import { idOf } from './users.js';

type CustomPending = Extract<Challenge, { name: 'CUSTOM_CHALLENGE' }>;

/**
 * Begins a login with the challenge alone.
 *
 * @throws AwsJsonError
 */
export function startCustomChallenge(pool: Pool, { name, user }: NamedUser, clientId: string): object {
  // A pool that hides who exists asks everybody; only after the right answer does it tell whether the user may log in.
  if (user !== undefined && !pool.preventUserExistenceErrors) checkStatus(user);
  return put(pool, user, { clientId, userId: userIdOf(pool, name, user) });
}

/**
 * Asks the challenge once the password has been proven.
 *
 * @throws AwsJsonError InvalidParameterException when neither the user nor the pool has one
 */
export function askCustomChallenge(pool: Pool, user: StoredUser, login: Login): object {
  checkStatus(user);
  return put(pool, user, login);
}

/**
 * Checks the answer.
 * @param user The user who has this name now.
 * @throws AwsJsonError
 */
export async function answerCustomChallenge(
  pool: Pool,
  challenge: CustomPending,
  user: StoredUser | undefined,
  session: string,
  responses: Fields,
): Promise<object> {
  const answer = text(responses, 'ANSWER');
  pool.challenges.take(session);
  const isRight = (await pool.customChallengeOf(user)?.verify(answer)) === true;
  // The check of the answer may have taken any time, in which the user may have been changed or deleted.
  const present = challenge.sub === undefined ? undefined : pool.users.find(challenge.sub);
  if (challenge.sub !== undefined && (present === undefined || idOf(present) !== challenge.sub)) throw invalidSession();
  if (isRight && present !== undefined) {
    checkStatus(present);
    return issueTokens(pool, present, challenge.clientId);
  }
  if (challenge.attemptsLeft <= 1) throw notAuthorized(INCORRECT_LOGIN);
  return put(pool, present, challenge, challenge.attemptsLeft - 1);
}

function put(pool: Pool, user: StoredUser | undefined, login: Login, attemptsLeft?: number): object {
  const challenge = pool.customChallengeOf(user);
  if (challenge === undefined) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  }
  const left = attemptsLeft ?? challenge.attempts ?? 1;
  const parameters = { ...challenge.parameters, USERNAME: login.userId };
  return ask(pool, user, login, { name: 'CUSTOM_CHALLENGE', attemptsLeft: left }, parameters);
}
