/** From what Cognito's services and clients throw to `AuthError`s that say what to do. */
import { AuthError, safeCause } from '../errors.js';
import type { AuthErrorCode } from '../errors.js';

/** What an error was thrown by, for its message. */
export interface ErrorContext {
  /** What was being done, as in "logging in". */
  readonly doing: string;
  /** The service's URL. */
  readonly endpoint: string;
  /** The setting that holds the URL. */
  readonly setting: string;
  /** Values to hide. */
  readonly secrets?: readonly (string | undefined)[];
}

/** The service's name of the error, what its message must hold (where the name alone does not tell), our code, and advice. */
type Rule = readonly [name: string, says: RegExp | undefined, code: AuthErrorCode, advice: string];

const NOT_AUTHORIZED = 'NotAuthorizedException';
const LATER = 'Wait a little and try again.';
const NEW_CODE = 'The code is wrong: ask for it again.';

const SHARED_RULES: readonly Rule[] = [
  ['TooManyRequestsException', undefined, 'TooManyAttempts', LATER],
  ['LimitExceededException', undefined, 'TooManyAttempts', 'Wait a little (up to an hour) and try again.'],
];

const USER_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  [NOT_AUTHORIZED, /secret/i, 'InvalidConfig', 'Set cognito.APP_CLIENT_ID to an app client without a secret.'],
  [NOT_AUTHORIZED, /attempts exceeded/i, 'TooManyAttempts', 'Wait (up to 15 minutes) or reset it with forgotPassword.'],
  [NOT_AUTHORIZED, /disabled/i, 'UserDisabled', "The pool's administrator can enable the user."],
  [
    NOT_AUTHORIZED,
    /password has expired/i,
    'PasswordResetRequired',
    "The pool's administrator has to set a new password.",
  ],
  [NOT_AUTHORIZED, /refresh token|access token|token has been|session/i, 'SessionExpired', 'Log in again.'],
  [NOT_AUTHORIZED, /cannot be confirmed/i, 'InvalidInput', 'The user is confirmed already: log in.'],
  [NOT_AUTHORIZED, /username or password/i, 'WrongPassword', 'Check both, or reset the password with forgotPassword.'],
  [NOT_AUTHORIZED, undefined, 'NotAuthorized', 'The user pool refused it.'],
  ['UserLambdaValidationException', undefined, 'NotAuthorized', 'A trigger of the user pool refused it.'],
  ['UserNotFoundException', undefined, 'UserNotFound', 'Check the username, or create the user with signUp.'],
  [
    'UserNotConfirmedException',
    undefined,
    'UserNotConfirmed',
    'Confirm the user with confirmSignUp(username, code); resendConfirmationCode(username) sends a new code.',
  ],
  [
    'PasswordResetRequiredException',
    undefined,
    'PasswordResetRequired',
    'Set a new password with forgotPassword(username), then resetPassword(username, code, newPassword).',
  ],
  ['UsernameExistsException', undefined, 'UserExists', 'Log in, or sign up with another name.'],
  ['AliasExistsException', undefined, 'UserExists', 'Another user has this e-mail address or phone number.'],
  ['InvalidPasswordException', undefined, 'InvalidPassword', "Choose one that meets the user pool's policy."],
  ['PasswordHistoryPolicyViolationException', undefined, 'InvalidPassword', 'Choose one that was not used before.'],
  ['CodeMismatchException', undefined, 'CodeMismatch', NEW_CODE],
  ['EnableSoftwareTokenMFAException', undefined, 'CodeMismatch', NEW_CODE],
  [
    'ExpiredCodeException',
    undefined,
    'CodeExpired',
    'Get a new one with resendConfirmationCode or forgotPassword, or by logging in again.',
  ],
  ['TooManyFailedAttemptsException', undefined, 'TooManyAttempts', LATER],
  ['ResourceNotFoundException', undefined, 'InvalidConfig', 'Check cognito.USER_POOL_ID and cognito.APP_CLIENT_ID.'],
  [
    'InvalidParameterException',
    /auth ?flow|is not enabled for the client/i,
    'InvalidConfig',
    'Allow ALLOW_USER_SRP_AUTH and ALLOW_REFRESH_TOKEN_AUTH for the app client.',
  ],
  ['InvalidParameterException', undefined, 'InvalidInput', 'Check the values that were passed.'],
];

const CHECK_PROVIDERS =
  'Check that the identity pool (cognito.IDENTITY_POOL_ID) trusts the provider of this ID token: ' +
  'the user pool and app client (cognito.USER_POOL_ID, cognito.APP_CLIENT_ID).';

const IDENTITY_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  [
    NOT_AUTHORIZED,
    /unauthenticated access/i,
    'IdentityPoolRefused',
    'Log in first, or switch guest access on in the identity pool.',
  ],
  [
    NOT_AUTHORIZED,
    /token expired/i,
    'IdentityPoolRefused',
    "Log in again; if that does not help, the device's clock is off.",
  ],
  [NOT_AUTHORIZED, undefined, 'IdentityPoolRefused', CHECK_PROVIDERS],
  ['InvalidParameterException', undefined, 'IdentityPoolRefused', CHECK_PROVIDERS],
  ['ResourceNotFoundException', undefined, 'InvalidConfig', 'Check cognito.IDENTITY_POOL_ID.'],
  ['ValidationException', undefined, 'InvalidConfig', 'Check cognito.IDENTITY_POOL_ID.'],
  [
    'InvalidIdentityPoolConfigurationException',
    undefined,
    'InvalidConfig',
    'Give the identity pool an IAM role for its users that trusts the pool.',
  ],
];

/**
 * What the user pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param context What was being done.
 */
export function userPoolError(error: unknown, context: ErrorContext): AuthError {
  return toAuthError(error, context, 'user pool', USER_POOL_RULES);
}

/**
 * What the identity pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param context What was being done.
 */
export function identityPoolError(error: unknown, context: ErrorContext): AuthError {
  return toAuthError(error, context, 'identity pool', IDENTITY_POOL_RULES);
}

function toAuthError(error: unknown, context: ErrorContext, service: string, rules: readonly Rule[]): AuthError {
  if (error instanceof AuthError) return error;
  const cause = safeCause(error, context.secrets);
  const name = errorName(error);
  const fail = (code: AuthErrorCode, advice: string): AuthError => {
    const message = `${capitalized(context.doing)} failed: ${sentence(cause.message || name)} ${advice}`;
    return new AuthError(code, message, { cause, secrets: context.secrets ?? [] });
  };

  const rule = rules.find(([named, says]) => named === name && (says?.test(cause.message) ?? true));
  if (rule) return fail(rule[2], rule[3]);
  if (isNetworkError(name, cause.message)) {
    return new AuthError(
      'Unreachable',
      `${capitalized(context.doing)} failed: no answer from the ${service} at ${context.endpoint}. ` +
        `Check the network${/^https?:\/\/cognito-/.test(context.endpoint) ? '' : ` and ${context.setting}`}, and try again.`,
      { cause },
    );
  }
  if (/Exception$|^Throttling/.test(name)) return fail('UnexpectedResponse', `(${name}, from the ${service})`);
  return new AuthError(
    'UnexpectedResponse',
    `${capitalized(context.doing)} failed: the ${service} at ${context.endpoint} gave an answer that could not be read ` +
      `(${cause.message || name}). Check ${context.setting}, and that nothing in between changes answers.`,
    { cause, secrets: context.secrets ?? [] },
  );
}

/** The service's name of the error: its code where it has one. */
function errorName(error: unknown): string {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    name?: unknown;
  };
  return [code, name].find((one) => typeof one === 'string') ?? '';
}

/** A fetch that got no answer is a TypeError everywhere; the clients call it `NetworkError` and `NetworkingError`. */
function isNetworkError(name: string, message: string): boolean {
  return (
    /^Network(ing)?Error$|^UnknownEndpoint$|^TimeoutError$|^E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_)|^ENOTFOUND$|^UND_ERR/.test(
      name,
    ) ||
    (name === 'TypeError' && /fetch|network|load failed/i.test(message))
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
