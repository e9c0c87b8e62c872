/** A login, from its start through all challenges of the user pool: a new password, codes, a choice. */
import { AuthError } from '../../errors.js';
import { answerChallenge } from './answerChallenge.js';
import type { LoginSteps } from './answerChallenge.js';
import type { Challenge, Outcome } from './loginClient.js';

/**
 * Takes a login through all its challenges.
 * @param steps The attempt, the callbacks, and how to wait.
 * @param password The password; `undefined` for a login without one.
 * @returns The user, whose tokens the attempt has written to its view.
 * @throws LoginChallengeError where a callback is missing; otherwise what the client or a callback threw.
 */
export async function authenticate<User>(steps: LoginSteps<User>, password: string | undefined): Promise<User> {
  let outcome = await steps.wait(steps.attempt.begin(password, steps.flow));
  let hasChosen = false;
  while (isChallenge(outcome)) {
    // This challenge may be answered without the app, so a pool that repeats it would keep the login going for ever.
    if (hasChosen && outcome.name === 'SELECT_CHALLENGE') {
      throw new AuthError('UnexpectedResponse', 'Logging in failed: the user pool asks twice how to begin.');
    }
    hasChosen ||= outcome.name === 'SELECT_CHALLENGE';
    outcome = await answerChallenge(steps, outcome);
  }
  return outcome.user;
}

function isChallenge(outcome: Outcome<unknown>): outcome is Challenge {
  return 'name' in outcome;
}
