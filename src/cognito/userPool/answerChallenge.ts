/** Answers a challenge of the user pool with what the app's callback says. */
import { AuthError, LoginChallengeError } from '../../errors.js';
import { isObject, parseJson } from '../../util/index.js';
import { unusableInput } from '../shared/index.js';
import type { AuthFlow, CodeChallenge, FirstFactor, LoginCallbacks, MfaKind, NewPasswordAnswer } from './challenges.js';
import type { Challenge, LoginAttempt, Outcome } from './loginClient.js';

/** What the steps of a login share. */
export interface LoginSteps<User> {
  /** The login that is under way. */
  readonly attempt: LoginAttempt<User>;
  /** The flow that the login began with. */
  readonly flow: AuthFlow;
  /** Whether the app gave a password. */
  readonly hasPassword: boolean;
  /** The app's callbacks, which answer challenges. */
  readonly callbacks: LoginCallbacks;
  /** Waits for an answer of the user pool, but not for ever. The app's callbacks may take as long as they like. */
  readonly wait: <T>(answer: Promise<T>) => Promise<T>;
  /**
   * To be called with each secret before it is sent or shown, so that no error repeats it.
   * @throws AuthError `SessionChanged` where a later login or logout has overtaken this one: an answer such as a new password, which
   *   would still take effect at the pool, must not be sent then.
   */
  readonly keepSecret: (secret: string) => void;
}

/** The challenges that ask for a code, as the first factor or the second. */
type CodeKind = CodeChallenge['name'];

/** The field of `ChallengeResponses` that takes the code, by challenge. */
const CODE_FIELDS: Readonly<Record<CodeKind, string>> = {
  SMS_MFA: 'SMS_MFA_CODE',
  SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE',
  EMAIL_OTP: 'EMAIL_OTP_CODE',
  SMS_OTP: 'SMS_OTP_CODE',
};

/**
 * Answers a challenge with what the app's callback gives.
 * @param steps The attempt, the callbacks, and how to wait.
 * @param asked What the user pool asks for.
 * @returns The user, or the next challenge.
 * @throws LoginChallengeError where the callback for it is missing; AuthError `InvalidConfig` for a challenge that is not known;
 *   otherwise what the callback or the client threw.
 */
export async function answerChallenge<User>(steps: LoginSteps<User>, asked: Challenge): Promise<Outcome<User>> {
  const { name } = asked;
  if (name === 'MFA_SETUP') return setUpAuthenticator(steps);
  const responses = await responsesTo(steps, asked);
  return steps.wait(steps.attempt.answer({ name, responses }));
}

function responsesTo<User>(steps: LoginSteps<User>, asked: Challenge): Promise<Record<string, string>> {
  const { name, parameters } = asked;
  switch (name) {
    case 'NEW_PASSWORD_REQUIRED':
      return giveNewPassword(steps, parameters);
    case 'SMS_MFA':
    case 'SOFTWARE_TOKEN_MFA':
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      return giveCode(steps, name, parameters);
    case 'SELECT_MFA_TYPE':
      return chooseFactor(steps, parameters);
    case 'SELECT_CHALLENGE':
      // User pools ask this in the flow USER_AUTH alone. Whoever asks it in an SRP login may be after the password.
      if (steps.flow !== 'USER_AUTH') throw unknownChallenge(name);
      return chooseFirstFactor(steps, asked.available ?? []);
    case 'WEB_AUTHN':
      return signWithPasskey(steps, parameters);
    case 'CUSTOM_CHALLENGE':
      return answerFreely(steps, parameters);
    default:
      throw unknownChallenge(name);
  }
}

const unknownChallenge = (name: string): AuthError =>
  new AuthError(
    'InvalidConfig',
    `Logging in failed: the user pool asks for ${name}, which is not known here. Change the app client's sign-in to passwords.`,
  );

async function giveNewPassword(
  steps: LoginSteps<unknown>,
  parameters: Challenge['parameters'],
): Promise<Record<string, string>> {
  const name = 'NEW_PASSWORD_REQUIRED';
  const given = await callbackFor(
    steps,
    'newPassword',
    name,
  )({
    name,
    userAttributes: readRecord(parameters.userAttributes) as Readonly<Record<string, string>>,
    requiredAttributes: readList(parameters.requiredAttributes).map((one) => one.replace(/^userAttributes\./, '')),
  });
  const { newPassword, attributes = {} } = (
    typeof given === 'string' ? { newPassword: given } : Object(given)
  ) as Partial<NewPasswordAnswer>;
  keepText(steps, newPassword, 'newPassword', 'the new password as text, or { newPassword, attributes }');
  const responses: Record<string, string> = { NEW_PASSWORD: newPassword };
  for (const [attribute, value] of Object.entries(attributes)) responses[`userAttributes.${attribute}`] = value;
  return responses;
}

async function giveCode(
  steps: LoginSteps<unknown>,
  name: CodeKind,
  { CODE_DELIVERY_DESTINATION: sentTo }: Challenge['parameters'],
): Promise<Record<string, string>> {
  const { totpCode, mfaCode } = steps.callbacks;
  const isTotp = name === 'SOFTWARE_TOKEN_MFA';
  // For an authenticator app, `mfaCode` is called where `totpCode` is not given. Where neither is, the error names `totpCode`.
  const callback = isTotp && (totpCode !== undefined || mfaCode === undefined) ? 'totpCode' : 'mfaCode';
  const destination = !isTotp && typeof sentTo === 'string' ? sentTo : undefined;
  const code = await callbackFor(steps, callback, name)({ name, destination });
  keepText(steps, code, callback, 'the code, as text');
  return { [CODE_FIELDS[name]]: code };
}

async function chooseFactor(
  steps: LoginSteps<unknown>,
  { MFAS_CAN_CHOOSE: offered }: Challenge['parameters'],
): Promise<Record<string, string>> {
  const name = 'SELECT_MFA_TYPE';
  const choices = readList(offered).filter((one): one is MfaKind => steps.attempt.factors.includes(one as MfaKind));
  const choice = await callbackFor(steps, 'selectMfa', name)({ name, choices });
  if (!choices.includes(choice)) throw unusableInput('selectMfa', choices.join(' or ') || 'no call', choice);
  return { ANSWER: choice };
}

/**
 * Chooses the first factor where the app does not: the password over SRP where there is one, or what the app has a callback for
 * (`passkey`, `mfaCode`). The factor `PASSWORD`, which sends the password itself, is used only where the app chooses it.
 */
async function chooseFirstFactor(
  steps: LoginSteps<unknown>,
  available: readonly string[],
): Promise<Record<string, string>> {
  const name = 'SELECT_CHALLENGE';
  const { mfaCode, passkey, selectChallenge } = steps.callbacks;
  const can: Readonly<Record<FirstFactor, boolean>> = {
    PASSWORD_SRP: steps.hasPassword,
    PASSWORD: steps.hasPassword,
    WEB_AUTHN: passkey !== undefined,
    EMAIL_OTP: mfaCode !== undefined,
    SMS_OTP: mfaCode !== undefined,
  };
  const choices = (Object.keys(can) as FirstFactor[]).filter((choice) => can[choice] && available.includes(choice));
  if (choices.length === 0) throw new LoginChallengeError(name, callbackOf(available));
  const choice = selectChallenge ? await selectChallenge({ name, choices }) : choices.find((one) => one !== 'PASSWORD');
  if (choice === undefined) throw new LoginChallengeError(name, 'selectChallenge');
  if (!choices.includes(choice)) throw unusableInput('selectChallenge', choices.join(' or '), choice);
  return { ANSWER: choice };
}

/** The name of the callback or parameter that the app would have to pass for one of the available factors. */
function callbackOf(available: readonly string[]): string {
  if (available.includes('WEB_AUTHN')) return 'passkey';
  return available.some((choice) => choice.endsWith('_OTP')) ? 'mfaCode' : 'password';
}

async function signWithPasskey(
  steps: LoginSteps<unknown>,
  parameters: Challenge['parameters'],
): Promise<Record<string, string>> {
  const name = 'WEB_AUTHN';
  const options = readRecord(parameters.CREDENTIAL_REQUEST_OPTIONS);
  const credential: unknown = await callbackFor(steps, 'passkey', name)({ name, options });
  if (!isObject(credential)) throw unusableInput('passkey', 'a credential in JSON form', credential);
  return { CREDENTIAL: JSON.stringify(credential) };
}

async function setUpAuthenticator<User>(steps: LoginSteps<User>): Promise<Outcome<User>> {
  const name = 'MFA_SETUP';
  const { attempt, wait } = steps;
  const ask = callbackFor(steps, 'setupTotp', name);
  const secretCode = await wait(attempt.associateSoftwareToken());
  steps.keepSecret(secretCode);
  const code = await ask({ name, secretCode, username: attempt.username() });
  keepText(steps, code, 'setupTotp', 'the code, as text');
  return wait(attempt.verifySoftwareToken(code));
}

async function answerFreely(
  steps: LoginSteps<unknown>,
  parameters: Challenge['parameters'],
): Promise<Record<string, string>> {
  const name = 'CUSTOM_CHALLENGE';
  const ask = callbackFor(steps, 'customChallenge', name);
  const given = await ask({ name, parameters: parameters as Record<string, string> });
  keepText(steps, given, 'customChallenge', 'the answer, as text');
  return { ANSWER: given };
}

/**
 * Gets one of the app's callbacks.
 * @throws LoginChallengeError where the app has given no such callback
 */
function callbackFor<Name extends keyof LoginCallbacks>(
  { callbacks }: LoginSteps<unknown>,
  name: Name,
  challenge: string,
): NonNullable<LoginCallbacks[Name]> {
  const given = callbacks[name];
  if (given === undefined) throw new LoginChallengeError(challenge, name);
  return given;
}

/**
 * Checks that a callback gave text, and keeps that out of errors.
 * @throws AuthError `InvalidInput` where it gave none, as a prompt that was cancelled does
 */
function keepText(
  steps: LoginSteps<unknown>,
  given: unknown,
  callback: string,
  expected: string,
): asserts given is string {
  if (typeof given !== 'string' || given === '') throw unusableInput(callback, expected, given);
  steps.keepSecret(given);
}

/** Reads a list that Cognito sends as JSON text; anything else counts as an empty list. */
function readList(text: unknown): readonly string[] {
  const list = parseJson(String(text));
  return Array.isArray(list) ? list.map(String) : [];
}

/** Reads a record that Cognito sends as JSON text; anything else counts as an empty record. */
function readRecord(text: unknown): Readonly<Record<string, unknown>> {
  const record = parseJson(String(text));
  return isObject(record) ? record : {};
}
