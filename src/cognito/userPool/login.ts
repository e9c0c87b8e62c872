/** A login over SRP, from its start through all that the user pool asks for: a new password, codes, a choice. */
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import { answerChallenge } from './answerChallenge.js';
import type { Challenge, LoginSteps, Send } from './answerChallenge.js';

/** What came back when something was sent to the user pool: a session, or a challenge to answer. */
type Outcome = CognitoUserSession | Challenge;

/**
 * Takes a login through all its challenges.
 * @param steps The user, the callbacks, and how to wait.
 * @param start What begins the login.
 * @returns The session.
 * @throws LoginChallengeError where a callback is missing; otherwise what the library or a callback threw.
 */
export async function authenticate(steps: LoginSteps, start: Send): Promise<CognitoUserSession> {
  let outcome = await send(steps, start);
  while (isChallenge(outcome)) outcome = await send(steps, await answerChallenge(steps, outcome));
  return outcome;
}

function send({ wait }: LoginSteps, start: Send): Promise<Outcome> {
  return wait(
    new Promise<Outcome>((resolve, reject) => {
      const ask = (challenge: string, parameters: unknown) => {
        resolve({ challenge, parameters: (parameters ?? {}) as Challenge['parameters'] });
      };
      start({
        onSuccess: resolve,
        onFailure: reject,
        newPasswordRequired: (userAttributes: unknown, requiredAttributes: unknown) => {
          ask('NEW_PASSWORD_REQUIRED', { userAttributes, requiredAttributes });
        },
        mfaRequired: ask,
        totpRequired: ask,
        mfaSetup: ask,
        selectMFAType: ask,
        customChallenge: (parameters) => {
          ask('CUSTOM_CHALLENGE', parameters);
        },
      });
    }),
  );
}

function isChallenge(outcome: Outcome): outcome is Challenge {
  return 'challenge' in outcome;
}
