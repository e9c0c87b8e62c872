/** Answers a challenge of the user pool with what the app's callback says. */
import type { CognitoUser, IAuthenticationCallback } from 'amazon-cognito-identity-js';
import { LoginChallengeError } from '../../errors.js';
import type { LoginCallbacks, MfaKind } from './challenges.js';

/** What the user pool asks for. */
export interface Challenge {
  /** Cognito's name of it. */
  readonly challenge: string;
  /** What the pool says of it. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Sends something to the user pool through the library, which ends by calling one of the callbacks. */
export type Send = (callbacks: Required<IAuthenticationCallback>) => void;

/** What a login needs of its surroundings. */
export interface LoginSteps {
  /** The library's user. */
  readonly user: CognitoUser;
  /** The app's answers. */
  readonly callbacks: LoginCallbacks;
  /** Waits for an answer of the user pool, but not for ever. The app's callbacks may take as long as they like. */
  readonly wait: <T>(answer: Promise<T>) => Promise<T>;
  /**
   * Called with each secret before it is sent or shown, so that no error repeats it.
   * @throws AuthError `SessionChanged` where the login has been overtaken: an answer such as a new password would take effect.
   */
  readonly keepSecret: (secret: string) => void;
}

/**
 * Has a challenge answered.
 * @param steps The user, the callbacks, and how to wait.
 * @param asked What the user pool asks for.
 * @returns What sends the answer.
 * @throws LoginChallengeError where the callback for it is missing; otherwise what the callback or the library threw.
 */
export async function answerChallenge(steps: LoginSteps, asked: Challenge): Promise<Send> {
  switch (asked.challenge) {
    case 'NEW_PASSWORD_REQUIRED':
      return answerWithPassword(steps, asked.parameters);
    case 'SMS_MFA':
    case 'SOFTWARE_TOKEN_MFA':
      return answerWithCode(steps, asked.challenge, asked.parameters);
    case 'SELECT_MFA_TYPE':
      return answerWithChoice(steps, asked.parameters);
    case 'MFA_SETUP':
      return answerWithNewAuthenticator(steps);
    case 'CUSTOM_CHALLENGE':
      return answerFreely(steps, asked.parameters);
    default:
      throw new Error(`The challenge ${asked.challenge} is not known to amazon-cognito-identity-js`);
  }
}

async function answerWithPassword(steps: LoginSteps, parameters: Challenge['parameters']): Promise<Send> {
  const name = 'NEW_PASSWORD_REQUIRED';
  const given = await callbackFor(
    steps,
    'newPassword',
    name,
  )({
    name,
    userAttributes: (parameters.userAttributes ?? {}) as Record<string, string>,
    requiredAttributes: (parameters.requiredAttributes ?? []) as string[],
  });
  const { newPassword, attributes = {} } = typeof given === 'string' ? { newPassword: given } : given;
  steps.keepSecret(newPassword);
  return (handlers) => {
    steps.user.completeNewPasswordChallenge(newPassword, attributes, handlers);
  };
}

async function answerWithCode(
  steps: LoginSteps,
  name: MfaKind,
  { CODE_DELIVERY_DESTINATION: sentTo }: Challenge['parameters'],
): Promise<Send> {
  const { totpCode, mfaCode } = steps.callbacks;
  const isTotp = name === 'SOFTWARE_TOKEN_MFA';
  // `mfaCode` serves for authenticator apps too, where it alone is given; the error names `totpCode` where neither is.
  const callback = isTotp && (totpCode !== undefined || mfaCode === undefined) ? 'totpCode' : 'mfaCode';
  const destination = !isTotp && typeof sentTo === 'string' ? sentTo : undefined;
  const code = await callbackFor(steps, callback, name)({ name, destination });
  steps.keepSecret(code);
  return (handlers) => {
    steps.user.sendMFACode(code, handlers, name);
  };
}

async function answerWithChoice(
  steps: LoginSteps,
  { MFAS_CAN_CHOOSE: offered }: Challenge['parameters'],
): Promise<Send> {
  const name = 'SELECT_MFA_TYPE';
  const choices = readChoices(offered);
  const choice = await callbackFor(steps, 'selectMfa', name)({ name, choices });
  // Through `wait`, so that it becomes the same error as the service's own refusal.
  if (!choices.includes(choice)) await steps.wait(Promise.reject(badChoice(choices, choice)));
  return (handlers) => {
    steps.user.sendMFASelectionAnswer(choice, handlers);
  };
}

async function answerWithNewAuthenticator(steps: LoginSteps): Promise<Send> {
  const name = 'MFA_SETUP';
  const { user } = steps;
  const ask = callbackFor(steps, 'setupTotp', name);
  const secretCode = await steps.wait(
    new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    }),
  );
  steps.keepSecret(secretCode);
  const code = await ask({ name, secretCode, username: user.getUsername() });
  steps.keepSecret(code);
  return (handlers) => {
    user.verifySoftwareToken(code, 'Authenticator app', handlers);
  };
}

async function answerFreely(steps: LoginSteps, parameters: Challenge['parameters']): Promise<Send> {
  const name = 'CUSTOM_CHALLENGE';
  const ask = callbackFor(steps, 'customChallenge', name);
  const given = await ask({ name, parameters: parameters as Record<string, string> });
  steps.keepSecret(given);
  return (handlers) => {
    steps.user.sendCustomChallengeAnswer(given, handlers);
  };
}

/** @throws LoginChallengeError where the app has given no such callback. */
function callbackFor<Name extends keyof LoginCallbacks>(
  { callbacks }: LoginSteps,
  name: Name,
  challenge: string,
): NonNullable<LoginCallbacks[Name]> {
  const given = callbacks[name];
  if (given === undefined) throw new LoginChallengeError(challenge, name);
  return given;
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
