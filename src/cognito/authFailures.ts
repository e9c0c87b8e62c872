/**
 * What failures of Cognito's services mean, and what to do about each. Loaded with the first one; imports nothing, so that
 * bundlers need not cut what loads at first into pieces that both can share.
 */
import type { AuthErrorCode } from '../errors.js';
import type { DecisiveCode, Diagnosis, Failure, Service } from './authErrors.js';

/** Advice by the situation that asks for it. */
const ADVICE = {
  busy: 'Wait a little and try again.',
  overLimit: 'Wait a little (up to an hour) and try again.',

  clientSecret: 'Set cognito.APP_CLIENT_ID to an app client without a secret.',
  lockedOut: 'Wait (up to 15 minutes) or reset it with forgotPassword.',
  disabled: "The pool's administrator can enable the user.",
  passwordExpired: "The pool's administrator has to set a new password.",
  sessionEnded: 'Log in again.',
  confirmedAlready: 'The user is confirmed already: log in.',
  wrongPassword: 'Check both, or reset the password with forgotPassword.',
  refused: 'The user pool refused it.',
  triggerRefused: 'A trigger of the user pool refused it.',
  noUser: 'Check the username, or create the user with signUp.',
  unconfirmed:
    'Confirm the user with confirmSignUp(username, code); resendConfirmationCode(username) sends a new code.',
  resetRequired: 'Set a new password with forgotPassword(username), then resetPassword(username, code, newPassword).',
  userExists: 'Log in, or sign up with another name.',
  aliasExists: 'Another user has this e-mail address or phone number.',
  weakPassword: "Choose one that meets the user pool's policy.",
  usedPassword: 'Choose one that was not used before.',
  wrongCode: 'The code is wrong: ask for it again.',
  oldCode: 'Get a new one with resendConfirmationCode or forgotPassword, or by logging in again.',
  noUserPool: 'Check cognito.USER_POOL_ID and cognito.APP_CLIENT_ID.',
  authFlow: 'Allow ALLOW_USER_SRP_AUTH and ALLOW_REFRESH_TOKEN_AUTH for the app client.',
  badValue: 'Check the values that were passed.',
  unknownChallenge:
    'the user pool asks for something that amazon-cognito-identity-js does not know, such as a code by e-mail (EMAIL_OTP). ' +
    "Change the user pool's sign-in to passwords, with codes by SMS or from authenticator apps.",

  guest: 'Log in first, or switch guest access on in the identity pool.',
  tokenExpired: "Log in again; if that does not help, the device's clock is off.",
  providers:
    'Check that the identity pool (cognito.IDENTITY_POOL_ID) trusts the provider of this ID token: ' +
    'the user pool and app client (cognito.USER_POOL_ID, cognito.APP_CLIENT_ID).',
  noIdentityPool: 'Check cognito.IDENTITY_POOL_ID.',
  noRole: 'Give the identity pool an IAM role for its users that trusts the pool.',
} as const;

/**
 * The service's name of the error, what its message must hold (where the name alone does not tell), our code, and advice.
 * A `DecisiveCode` stands in place of the name.
 */
type Rule = readonly [name: string, says: RegExp | undefined, code: AuthErrorCode, advice: keyof typeof ADVICE];

const NOT_AUTHORIZED = 'NotAuthorizedException';

const SHARED_RULES: readonly Rule[] = [
  ['TooManyRequestsException', undefined, 'TooManyAttempts', 'busy'],
  ['LimitExceededException', undefined, 'TooManyAttempts', 'overLimit'],
];

const USER_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  [NOT_AUTHORIZED, /secret/i, 'InvalidConfig', 'clientSecret'],
  [NOT_AUTHORIZED, /attempts exceeded/i, 'TooManyAttempts', 'lockedOut'],
  [NOT_AUTHORIZED, /disabled/i, 'UserDisabled', 'disabled'],
  [NOT_AUTHORIZED, /password has expired/i, 'PasswordResetRequired', 'passwordExpired'],
  known('SessionExpired', undefined, 'sessionEnded'),
  [NOT_AUTHORIZED, /cannot be confirmed/i, 'InvalidInput', 'confirmedAlready'],
  known('WrongPassword', undefined, 'wrongPassword'),
  [NOT_AUTHORIZED, undefined, 'NotAuthorized', 'refused'],
  ['UserLambdaValidationException', undefined, 'NotAuthorized', 'triggerRefused'],
  ['UserNotFoundException', undefined, 'UserNotFound', 'noUser'],
  ['UserNotConfirmedException', undefined, 'UserNotConfirmed', 'unconfirmed'],
  ['PasswordResetRequiredException', undefined, 'PasswordResetRequired', 'resetRequired'],
  ['UsernameExistsException', undefined, 'UserExists', 'userExists'],
  ['AliasExistsException', undefined, 'UserExists', 'aliasExists'],
  ['InvalidPasswordException', undefined, 'InvalidPassword', 'weakPassword'],
  ['PasswordHistoryPolicyViolationException', undefined, 'InvalidPassword', 'usedPassword'],
  ['CodeMismatchException', undefined, 'CodeMismatch', 'wrongCode'],
  ['EnableSoftwareTokenMFAException', undefined, 'CodeMismatch', 'wrongCode'],
  ['ExpiredCodeException', undefined, 'CodeExpired', 'oldCode'],
  ['TooManyFailedAttemptsException', undefined, 'TooManyAttempts', 'busy'],
  ['ResourceNotFoundException', undefined, 'InvalidConfig', 'noUserPool'],
  ['InvalidParameterException', /auth ?flow|is not enabled for the client/i, 'InvalidConfig', 'authFlow'],
  ['InvalidParameterException', undefined, 'InvalidInput', 'badValue'],
];

const IDENTITY_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  known('IdentityPoolRefused', /unauthenticated access/i, 'guest'),
  known('IdentityPoolRefused', /token expired/i, 'tokenExpired'),
  known('IdentityPoolRefused', undefined, 'providers'),
  ['InvalidParameterException', undefined, 'IdentityPoolRefused', 'providers'],
  ['ResourceNotFoundException', undefined, 'InvalidConfig', 'noIdentityPool'],
  ['ValidationException', undefined, 'InvalidConfig', 'noIdentityPool'],
  ['InvalidIdentityPoolConfigurationException', undefined, 'InvalidConfig', 'noRole'],
];

/**
 * What a failure means.
 * @param name The service's name of the error, or a `DecisiveCode`.
 * @param said What the service said, secrets included.
 * @param cause What was caught, without secrets.
 * @param service Who was asked.
 * @param endpoint The service's URL.
 * @param setting The setting that holds it.
 */
export function diagnose(
  name: string,
  said: string,
  cause: Failure,
  service: Service,
  endpoint: string,
  setting: string,
): Diagnosis {
  const shown = cause.message || name;
  const rules = service === 'user pool' ? USER_POOL_RULES : IDENTITY_POOL_RULES;
  const rule = rules.find(([named, says]) => named === name && (says?.test(said) ?? true));
  if (rule) return [rule[2], `${sentence(shown)} ${ADVICE[rule[3]]}`];
  const status = [cause.statusCode, cause.status].find((one) => typeof one === 'number');
  // The library keeps no status, so that its failures are known by their names.
  if ((status ?? 0) >= 500 || /^(Internal|ServiceUnavailable|ServiceFailure)/.test(name)) {
    const how = status === undefined ? '' : `, with status ${status}`;
    return ['Unreachable', `the ${service} at ${endpoint} failed itself${how} (${shown}). ${ADVICE.busy}`];
  }
  if (/Exception$|^Throttling/.test(name)) {
    return ['UnexpectedResponse', `${sentence(shown)} (${name}, from the ${service})`];
  }
  // Where the library looks for tokens in a challenge that it does not know.
  if (said.includes('NewDeviceMetadata')) return ['InvalidConfig', ADVICE.unknownChallenge];
  const what = `the ${service} at ${endpoint} gave an answer that could not be read (${shown}).`;
  return ['UnexpectedResponse', `${what} Check ${setting}, and that nothing in between changes answers.`];
}

function known(code: DecisiveCode, says: Rule[1], advice: Rule[3]): Rule {
  return [code, says, code, advice];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
