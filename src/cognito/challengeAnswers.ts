/**
 * Answers the challenges of a user pool with what the app's callbacks say. Loaded with the first challenge; imports nothing,
 * so that bundlers need not cut what loads at first into pieces that both can share.
 */
import type { CallbackFor, Challenge, LoginSteps, MfaKind, Send } from './challenges.js';

/**
 * Has a challenge answered.
 * @param steps The user, the callbacks, and how to wait.
 * @param challenge What the user pool asks for.
 * @param callbackFor Finds the app's callback.
 * @returns What sends the answer.
 * @throws what `callbackFor`, the callback or the library threw.
 */
export async function answer(
  steps: LoginSteps,
  { challenge, parameters }: Challenge,
  callbackFor: CallbackFor,
): Promise<Send> {
  const { user, callbacks } = steps;
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED': {
      const ask = callbackFor('newPassword');
      const given = await ask({
        name: challenge,
        userAttributes: (parameters.userAttributes ?? {}) as Record<string, string>,
        requiredAttributes: (parameters.requiredAttributes ?? []) as string[],
      });
      const { newPassword, attributes = {} } = typeof given === 'string' ? { newPassword: given } : given;
      steps.keepSecret(newPassword);
      return (handlers) => {
        user.completeNewPasswordChallenge(newPassword, attributes, handlers);
      };
    }
    case 'SMS_MFA':
    case 'SOFTWARE_TOKEN_MFA': {
      const isTotp = challenge === 'SOFTWARE_TOKEN_MFA';
      const name = isTotp && (callbacks.totpCode ?? !callbacks.mfaCode) ? 'totpCode' : 'mfaCode';
      const sentTo = isTotp ? undefined : parameters.CODE_DELIVERY_DESTINATION;
      const destination = typeof sentTo === 'string' ? sentTo : undefined;
      const code = await callbackFor(name)({ name: challenge, destination });
      steps.keepSecret(code);
      return (handlers) => {
        user.sendMFACode(code, handlers, challenge);
      };
    }
    case 'SELECT_MFA_TYPE': {
      const choices = readChoices(parameters.MFAS_CAN_CHOOSE);
      const choice = await callbackFor('selectMfa')({ name: challenge, choices });
      if (!choices.includes(choice)) await steps.wait(Promise.reject(badChoice(choices, choice)));
      return (handlers) => {
        user.sendMFASelectionAnswer(choice, handlers);
      };
    }
    case 'MFA_SETUP': {
      const ask = callbackFor('setupTotp');
      const secretCode = await steps.wait(
        new Promise<string>((resolve, reject) => {
          user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
        }),
      );
      steps.keepSecret(secretCode);
      const code = await ask({ name: challenge, secretCode, username: user.getUsername() });
      steps.keepSecret(code);
      return (handlers) => {
        user.verifySoftwareToken(code, 'Authenticator app', handlers);
      };
    }
    case 'CUSTOM_CHALLENGE': {
      const ask = callbackFor('customChallenge');
      const given = await ask({ name: challenge, parameters: parameters as Record<string, string> });
      steps.keepSecret(given);
      return (handlers) => {
        user.sendCustomChallengeAnswer(given, handlers);
      };
    }
    default:
      throw new Error(`The challenge ${challenge} is not known to amazon-cognito-identity-js`);
  }
}

/** Cognito gives the choices as JSON text; among them can be some that the library does not know. */
function readChoices(json: unknown): readonly MfaKind[] {
  const choices = typeof json === 'string' ? (JSON.parse(json) as MfaKind[]) : [];
  return choices.filter((choice) => /^(SMS|SOFTWARE_TOKEN)_MFA$/.test(choice));
}

/** By the name that the service has for it. */
function badChoice(choices: readonly MfaKind[], choice: unknown): Error {
  const error = new Error(`selectMfa: expected ${choices.join(' or ') || 'no call'}, got ${typeof choice}`);
  error.name = 'InvalidParameterException';
  return error;
}
