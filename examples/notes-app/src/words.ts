import { ApigError, AuthError, RequestError } from 'sigv4-client/apig';
import type { AuthErrorCode, Explanation } from 'sigv4-client/apig';

/** What went wrong, for the person in front of the screen. */
export interface Problem {
  readonly text: string;
  /** Why the gateway refused the request, or may have where the browser shows no answer: for whoever builds the app. */
  readonly explanation?: Explanation | undefined;
}

const AUTH_PROBLEMS: Partial<Record<AuthErrorCode, string>> = {
  WrongPassword: 'The e-mail address or the password is wrong.',
  UserNotFound: 'There is no account with this e-mail address.',
  UserNotConfirmed: 'This account is not confirmed yet.',
  UserDisabled: 'This account is disabled.',
  UserExists: 'There is an account with this e-mail address already.',
  PasswordResetRequired: 'This account needs a new password. Choose “Forgot your password?”.',
  CodeMismatch: 'The code is wrong.',
  CodeExpired: 'The code is too old. Ask for a new one.',
  TooManyAttempts: 'Too many attempts. Wait a little, then try again.',
  NotLoggedIn: 'Please log in.',
  SessionExpired: 'Your session has ended. Please log in again.',
  SessionChanged: 'You have logged out in the meantime. Please log in again.',
  Unreachable: 'The login service cannot be reached. Check your connection and try again.',
};

const STATUS_PROBLEMS: Record<number, string> = {
  403: 'The notes service refused the request.',
  404: 'It is not there any more.',
  413: 'The file is too large.',
  429: 'Too many requests. Wait a little, then try again.',
};

const REQUEST_PROBLEMS: Record<RequestError['code'], string> = {
  NetworkError: 'The notes service cannot be reached. Check your connection and try again.',
  Timeout: 'The notes service takes too long to answer. Try again.',
  InvalidResponse: 'The notes service gave an answer that makes no sense. Try again later.',
};

/** Puts an error into words. */
export function describe(error: unknown): Problem {
  if (error instanceof ApigError) return { text: apiProblem(error), explanation: error.explanation };
  if (error instanceof RequestError) return { text: REQUEST_PROBLEMS[error.code], explanation: error.explanation };
  if (error instanceof AuthError) return { text: AUTH_PROBLEMS[error.code] ?? serviceText(error) };
  return { text: error instanceof Error ? error.message : 'Something went wrong. Try again.' };
}

function apiProblem({ status, body }: ApigError): string {
  const known = STATUS_PROBLEMS[status];
  if (known !== undefined) return known;
  if (status >= 500) return `The notes service has a problem (${status}). Try again in a moment.`;
  const message = typeof body === 'object' && body !== null ? (body as { message?: unknown }).message : body;
  return typeof message === 'string' && message !== '' ? message : `The notes service answered ${status}.`;
}

/** The service's own reason, as for passwords that its policy does not allow; the error's message is for developers. */
function serviceText({ code, cause, message }: AuthError): string {
  const reason = cause instanceof Error && code === 'InvalidPassword' ? cause.message : message;
  return reason.replace(/^Password did not conform with policy: /, '').replace(/[^.!?]$/, '$&.');
}
