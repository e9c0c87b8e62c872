/** The steps of every login: checking that the user may log in, asking the next challenge, issuing the tokens. */
import { AwsJsonError } from '../http/index.js';
import { notAuthorized } from './errors.js';
import type { Login, Pool, Question } from './state.js';
import type { StoredUser } from './stored.js';
import { idOf } from './users.js';

/**
 * Refuses users who may not log in, whatever their password.
 *
 * @throws AwsJsonError
 */
export function checkStatus(user: StoredUser): void {
  if (!user.Enabled) throw notAuthorized('User is disabled.');
  if (user.UserStatus === 'UNCONFIRMED') {
    throw new AwsJsonError('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.UserStatus === 'RESET_REQUIRED') {
    throw new AwsJsonError('PasswordResetRequiredException', 'Password reset required for the user');
  }
}

/**
 * Asks a challenge.
 *
 * @param user The user who is asked; `undefined` for one who does not exist, whose answers all count as wrong.
 * @param login The login that the challenge is part of.
 * @param question The challenge, as the pool keeps it.
 * @param parameters The challenge's parameters, as the client gets them.
 */
export function ask(
  pool: Pool,
  user: StoredUser | undefined,
  { clientId, userId }: Login,
  question: Question,
  parameters: Readonly<Record<string, string>>,
): object {
  const sub = user === undefined ? undefined : idOf(user);
  return {
    ChallengeName: question.name,
    Session: pool.challenges.open({ ...question, clientId, userId, sub, password: user?.Password }),
    ChallengeParameters: { USER_ID_FOR_SRP: userId, ...parameters },
  };
}

/** Completes a login with its tokens. */
export function issueTokens(pool: Pool, user: StoredUser, clientId: string): object {
  const tokens = pool.tokens.issue(user, pool.users.groupsOf(user), clientId);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}
