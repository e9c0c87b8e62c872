/** Answers what a user pool may ask for during a login: a new password, codes, a choice. */
import type { CognitoUser, CognitoUserSession, IAuthenticationCallback } from 'amazon-cognito-identity-js';
import { LoginChallengeError } from '../errors.js';

/** A value, or a promise of it: callbacks may wait for the user to type something. */
export type Awaitable<T> = T | Promise<T>;

/** What `login` calls when the user pool asks for more than the password. Each may be async. */
export interface LoginCallbacks {
  /** The password was temporary. Return the new one, with the attributes that the pool requires. */
  newPassword?: (challenge: NewPasswordChallenge) => Awaitable<string | NewPasswordAnswer>;
  /** A code was sent by SMS. Return it. Serves for `totpCode` as well, where that is not given. */
  mfaCode?: (challenge: CodeChallenge) => Awaitable<string>;
  /** Return the code that the user's authenticator app shows. */
  totpCode?: (challenge: CodeChallenge) => Awaitable<string>;
  /** The user has several ways. Return one of `challenge.choices`. */
  selectMfa?: (challenge: SelectMfaChallenge) => Awaitable<MfaKind>;
  /** The user has to set up an authenticator app: show `challenge.secretCode`, return the first code the app shows. */
  setupTotp?: (challenge: SetupTotpChallenge) => Awaitable<string>;
  /** A challenge of the user pool's own triggers. Return the answer. Makes the login begin with the flow CUSTOM_AUTH. */
  customChallenge?: (challenge: CustomChallenge) => Awaitable<string>;
}

export type MfaKind = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA';

export interface NewPasswordChallenge {
  readonly name: 'NEW_PASSWORD_REQUIRED';
  /** What the pool knows of the user. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** The names of the attributes that the answer must carry. */
  readonly requiredAttributes: readonly string[];
}

export interface NewPasswordAnswer {
  readonly newPassword: string;
  /** Values for `requiredAttributes`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface CodeChallenge {
  readonly name: MfaKind;
  /** Where the code was sent, partly hidden; undefined for authenticator apps. */
  readonly destination: string | undefined;
}

export interface SelectMfaChallenge {
  readonly name: 'SELECT_MFA_TYPE';
  readonly choices: readonly MfaKind[];
}

export interface SetupTotpChallenge {
  readonly name: 'MFA_SETUP';
  /** The shared secret, in base32, for the authenticator app. */
  readonly secretCode: string;
  readonly username: string;
}

export interface CustomChallenge {
  readonly name: 'CUSTOM_CHALLENGE';
  /** The public challenge parameters of the pool's trigger. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What came back when something was sent to the user pool: a session, or a challenge to answer. */
type Outcome = CognitoUserSession | Challenge;
interface Challenge {
  readonly challenge: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Sends something to the user pool through the library, which ends by calling one of the callbacks. */
type Send = (callbacks: Required<IAuthenticationCallback>) => void;

/** What a login needs of its surroundings. */
export interface LoginSteps {
  readonly user: CognitoUser;
  readonly callbacks: LoginCallbacks;
  /** Waits for an answer of the user pool, but not for ever. The user's own callbacks may take as long as they like. */
  readonly wait: <T>(answer: Promise<T>) => Promise<T>;
  /** Told each answer of the user's before it is sent, so that no error repeats it. */
  readonly keepSecret: (answer: string) => void;
}

/**
 * Takes a login through all its challenges.
 * @param steps The user, the callbacks, and how to wait.
 * @param start What begins the login.
 * @returns The session.
 * @throws LoginChallengeError where a callback is missing; otherwise what the library or a callback threw.
 */
export async function authenticate(steps: LoginSteps, start: Send): Promise<CognitoUserSession> {
  let outcome = await send(steps, start);
  while (isChallenge(outcome)) outcome = await send(steps, await answer(steps, outcome));
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

async function answer(steps: LoginSteps, { challenge, parameters }: Challenge): Promise<Send> {
  const { user, callbacks } = steps;
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED': {
      const ask = callback(callbacks, 'newPassword', challenge);
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
      const code = await callback(callbacks, name, challenge)({ name: challenge, destination });
      steps.keepSecret(code);
      return (handlers) => {
        user.sendMFACode(code, handlers, challenge);
      };
    }
    case 'SELECT_MFA_TYPE': {
      const choices = readChoices(parameters.MFAS_CAN_CHOOSE);
      const choice = await callback(callbacks, 'selectMfa', challenge)({ name: challenge, choices });
      return (handlers) => {
        user.sendMFASelectionAnswer(choice, handlers);
      };
    }
    case 'MFA_SETUP': {
      const ask = callback(callbacks, 'setupTotp', challenge);
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
      const ask = callback(callbacks, 'customChallenge', challenge);
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

function callback<Name extends keyof LoginCallbacks>(
  callbacks: LoginCallbacks,
  name: Name,
  challenge: string,
): NonNullable<LoginCallbacks[Name]> {
  const given = callbacks[name];
  if (given === undefined) throw new LoginChallengeError(challenge, name);
  return given;
}

/** Cognito gives the choices as JSON text. */
function readChoices(json: unknown): readonly MfaKind[] {
  return typeof json === 'string' ? (JSON.parse(json) as MfaKind[]) : [];
}
