/** From what Cognito's services and clients throw to `AuthError`s that say what to do. */
import { AuthError, safeCause } from '../errors.js';
import type { AuthErrorCode } from '../errors.js';
import type { ADVICE } from './authAdvice.js';

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
  [NOT_AUTHORIZED, /refresh token|access token|token has been|session/i, 'SessionExpired', 'sessionEnded'],
  [NOT_AUTHORIZED, /cannot be confirmed/i, 'InvalidInput', 'confirmedAlready'],
  [NOT_AUTHORIZED, /username or password/i, 'WrongPassword', 'wrongPassword'],
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
  [NOT_AUTHORIZED, /unauthenticated access/i, 'IdentityPoolRefused', 'guest'],
  [NOT_AUTHORIZED, /token expired/i, 'IdentityPoolRefused', 'tokenExpired'],
  [NOT_AUTHORIZED, undefined, 'IdentityPoolRefused', 'providers'],
  ['InvalidParameterException', undefined, 'IdentityPoolRefused', 'providers'],
  ['ResourceNotFoundException', undefined, 'InvalidConfig', 'noIdentityPool'],
  ['ValidationException', undefined, 'InvalidConfig', 'noIdentityPool'],
  ['InvalidIdentityPoolConfigurationException', undefined, 'InvalidConfig', 'noRole'],
];

/**
 * What the user pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param context What was being done.
 */
export function userPoolError(error: unknown, context: ErrorContext): Promise<AuthError> {
  return toAuthError(error, context, 'user pool', USER_POOL_RULES);
}

/**
 * What the identity pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param context What was being done.
 */
export function identityPoolError(error: unknown, context: ErrorContext): Promise<AuthError> {
  return toAuthError(error, context, 'identity pool', IDENTITY_POOL_RULES);
}

async function toAuthError(
  error: unknown,
  context: ErrorContext,
  service: string,
  rules: readonly Rule[],
): Promise<AuthError> {
  if (error instanceof AuthError) return error;
  const { endpoint, setting, secrets = [] } = context;
  const cause = safeCause(error, secrets);
  const name = errorName(error);
  const fail = (code: AuthErrorCode, what: string): AuthError => {
    const message = `${capitalized(context.doing)} failed: ${what}`;
    return new AuthError(code, message, { cause, secrets });
  };
  const said = sentence(cause.message || name);

  const rule = rules.find(([named, says]) => named === name && (says?.test(cause.message) ?? true));
  if (rule) return fail(rule[2], said + (await advise(rule[3])));
  if (isNetworkError(name, cause.message)) {
    const check = /^https?:\/\/cognito-/.test(endpoint) ? 'the network' : `the network and ${setting}`;
    return fail('Unreachable', `no answer from the ${service} at ${endpoint}. Check ${check}, and try again.`);
  }
  const status = statusOf(error);
  if (status !== undefined && status >= 500) {
    const what = `the ${service} at ${endpoint} failed itself, with status ${status} (${cause.message || name}).`;
    return fail('Unreachable', what + (await advise('busy')));
  }
  if (/Exception$|^Throttling/.test(name)) return fail('UnexpectedResponse', `${said} (${name}, from the ${service})`);
  return fail(
    'UnexpectedResponse',
    `the ${service} at ${endpoint} gave an answer that could not be read (${cause.message || name}). ` +
      `Check ${setting}, and that nothing in between changes answers.`,
  );
}

/** The code says what happened also where the advice cannot be loaded. */
async function advise(name: keyof typeof ADVICE): Promise<string> {
  try {
    const { ADVICE } = await import('./authAdvice.js');
    return ` ${ADVICE[name]}`;
  } catch {
    return '';
  }
}

/** The service's name of the error: its code where it has one. */
function errorName(error: unknown): string {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    name?: unknown;
  };
  return [code, name].find((one) => typeof one === 'string') ?? '';
}

/** The answer's status, by the clients' names for it. */
function statusOf(error: unknown): number | undefined {
  const { status, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown;
    statusCode?: unknown;
  };
  return [statusCode, status].find((one) => typeof one === 'number');
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
