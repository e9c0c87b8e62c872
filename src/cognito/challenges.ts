/** A login, from its start through all that the user pool may ask for: a new password, codes, a choice. */
import type { CognitoUser, CognitoUserSession, IAuthenticationCallback } from 'amazon-cognito-identity-js';
import { LoginChallengeError } from '../errors.js';
import { loaded } from './authErrors.js';

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

/** A second factor: a code by SMS, or one from an authenticator app. */
export type MfaKind = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA';

/** The password was temporary: a new one is asked for. */
export interface NewPasswordChallenge {
  /** Cognito's name of it. */
  readonly name: 'NEW_PASSWORD_REQUIRED';
  /** What the pool knows of the user. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** The names of the attributes that the answer must carry. */
  readonly requiredAttributes: readonly string[];
}

/** A new password, with what else the pool requires of the user. */
export interface NewPasswordAnswer {
  /** The password to log in with from now on. */
  readonly newPassword: string;
  /** Values for `requiredAttributes`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A code is asked for. */
export interface CodeChallenge {
  /** Which kind of code. */
  readonly name: MfaKind;
  /** Where the code was sent, partly hidden; undefined for authenticator apps. */
  readonly destination: string | undefined;
}

/** The user has several second factors, and is asked which to use. */
export interface SelectMfaChallenge {
  /** Cognito's name of it. */
  readonly name: 'SELECT_MFA_TYPE';
  /** The factors to choose from. */
  readonly choices: readonly MfaKind[];
}

/** The pool requires an authenticator app, and the user has none yet. */
export interface SetupTotpChallenge {
  /** Cognito's name of it. */
  readonly name: 'MFA_SETUP';
  /** The shared secret, in base32, for the authenticator app. */
  readonly secretCode: string;
  /** The user's name at the pool, to label the app's entry with. */
  readonly username: string;
}

/** A question of the user pool's own triggers. */
export interface CustomChallenge {
  /** Cognito's name of it. */
  readonly name: 'CUSTOM_CHALLENGE';
  /** The public challenge parameters of the pool's trigger. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What came back when something was sent to the user pool: a session, or a challenge to answer. */
type Outcome = CognitoUserSession | Challenge;

/** What the user pool asks for. */
export interface Challenge {
  readonly challenge: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Sends something to the user pool through the library, which ends by calling one of the callbacks. */
export type Send = (callbacks: Required<IAuthenticationCallback>) => void;

/**
 * The app's callback of that name.
 * @throws LoginChallengeError where it is missing.
 */
export type CallbackFor = <Name extends keyof LoginCallbacks>(name: Name) => NonNullable<LoginCallbacks[Name]>;

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
  while (isChallenge(outcome)) {
    // Most logins meet no challenge.
    const { answer } = await steps.wait(loaded(import('./challengeAnswers.js'), 'Logging in'));
    const { challenge } = outcome;
    outcome = await send(steps, await answer(steps, outcome, (name) => callbackFor(steps.callbacks, name, challenge)));
  }
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

function callbackFor<Name extends keyof LoginCallbacks>(
  callbacks: LoginCallbacks,
  name: Name,
  challenge: string,
): NonNullable<LoginCallbacks[Name]> {
  const given = callbacks[name];
  if (given === undefined) throw new LoginChallengeError(challenge, name);
  return given;
}
