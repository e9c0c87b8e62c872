/** From what Cognito's services and clients throw to `AuthError`s. What each failure means is loaded with the first one. */
import { AuthError, safeCause } from '../errors.js';
import type { AuthErrorCode } from '../errors.js';

/** What an error was thrown by, for its message. */
export interface ErrorContext {
  /** Who was asked. */
  readonly service: 'user pool' | 'identity pool';
  /** What was being done, as in "Logging in". */
  readonly doing: string;
  /** The service's URL, and the setting that holds it. */
  readonly endpoint: string;
  readonly setting: string;
  /** Values to hide. */
  readonly secrets: readonly string[];
}

/** What was caught, as far as it tells what happened. */
export type Failure = Error & { readonly code?: unknown; readonly status?: unknown; readonly statusCode?: unknown };

/** What a failure means: the error's code, and what happened. */
export type Diagnosis = readonly [code: AuthErrorCode, what: string];

/**
 * What the user pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param doing What was being done, as in "Logging in".
 * @param endpoint The user pool's URL.
 * @param secrets Values to hide.
 */
export function userPoolError(
  error: unknown,
  doing: string,
  endpoint: string,
  secrets: ErrorContext['secrets'],
): Promise<AuthError> {
  return authError(error, { service: 'user pool', doing, endpoint, setting: 'cognito.USER_POOL_ENDPOINT', secrets });
}

/**
 * What the identity pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param endpoint The identity pool's URL.
 * @param logins Whose credentials were asked for.
 */
export function identityPoolError(
  error: unknown,
  endpoint: string,
  logins: Readonly<Record<string, string>>,
): Promise<AuthError> {
  const secrets = Object.values(logins);
  const [service, setting] = ['identity pool', 'cognito.IDENTITY_POOL_ENDPOINT'] as const;
  return authError(error, { service, doing: 'Getting credentials', endpoint, setting, secrets });
}

/**
 * Waits for a part of the library that is loaded when it is first needed.
 * @param part The module that is being imported.
 * @param doing What it is needed for, as in "Logging in".
 * @throws AuthError `Unreachable`
 */
export async function loaded<T>(part: Promise<T>, doing: string): Promise<T> {
  try {
    return await part;
  } catch (cause) {
    const advice = 'Check the network, and reload the page.'; // which may be older than what the server has by now
    throw new AuthError('Unreachable', `${doing} failed: a part of the app could not be loaded. ${advice}`, { cause });
  }
}

async function authError(error: unknown, context: ErrorContext): Promise<AuthError> {
  if (error instanceof AuthError) return error;
  const { doing, secrets } = context;
  const cause: Failure = safeCause(error, secrets);
  const [code, what] = isNetworkError(cause) ? noAnswer(context) : await diagnose(cause, context);
  return new AuthError(code, `${doing} failed: ${what}`, { cause, secrets });
}

async function diagnose(cause: Failure, context: ErrorContext): Promise<Diagnosis> {
  try {
    return (await import('./authFailures.js')).diagnose(nameOf(cause), cause, context);
  } catch {
    return ['UnexpectedResponse', `${cause.message} (${nameOf(cause)}, from the ${context.service})`];
  }
}

/** Said without loading anything, since without a network nothing can be loaded. */
function noAnswer({ service, endpoint, setting }: ErrorContext): Diagnosis {
  const check = /^https?:\/\/cognito-/.test(endpoint) ? 'the network' : `the network and ${setting}`;
  return ['Unreachable', `no answer from the ${service} at ${endpoint}. Check ${check}, and try again.`];
}

/** A fetch that got no answer is a TypeError everywhere; the clients call it `NetworkError` and `NetworkingError`. */
function isNetworkError(cause: Failure): boolean {
  const name = nameOf(cause);
  if (name === 'TypeError') return /fetch|network|load failed/i.test(cause.message);
  return /^(Network|UnknownEndpoint|TimeoutError|E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_|NOTFOUND)|UND_ERR)/.test(name);
}

/** The service's name of the error: its code where it has one. */
function nameOf({ code, name }: Failure): string {
  return typeof code === 'string' ? code : name;
}
