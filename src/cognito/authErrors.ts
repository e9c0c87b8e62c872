/** From what Cognito's services and clients throw to `AuthError`s. What each failure means is loaded with the first one. */
import { AuthError } from '../errors.js';
import { safeCause } from '../util/index.js';
import type { AuthErrorCode } from '../errors.js';

/** Who was asked. */
export type Service = 'user pool' | 'identity pool';

/** What was caught, as far as it tells what happened. */
export type Failure = Error & { readonly code?: unknown; readonly status?: unknown; readonly statusCode?: unknown };

/** Codes that are found without what is loaded later. */
export type DecisiveCode = 'SessionExpired' | 'WrongPassword' | 'IdentityPoolRefused';

/** What a failure means: the error's code, and what happened. */
export type Diagnosis = readonly [code: AuthErrorCode, what: string];

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
    throw new AuthError(
      'Unreachable',
      // The page may be older than what the server has by now.
      `${doing} failed: a part of the app could not be loaded. Check the network, and reload the page.`,
      { cause },
    );
  }
}

/**
 * What a pool's client threw, as an `AuthError`.
 * @param error What was caught; an `AuthError` comes back as it is.
 * @param service Who was asked.
 * @param doing What was being done, as in "Logging in".
 * @param endpoint The pool's URL.
 * @param secrets Values to hide.
 */
export async function authError(
  error: unknown,
  service: Service,
  doing: string,
  endpoint: string,
  secrets: readonly string[],
): Promise<AuthError> {
  const failure: Failure = safeCause(error);
  if (failure instanceof AuthError) return failure;
  const name = typeof failure.code === 'string' ? failure.code : failure.name; // the service's name of the error
  // A gap in one of AWS's own sentences, which repeat nothing, would betray whoever types "password" or "user".
  const hidden = OWN_WORDS.test(name) ? secrets.filter((secret) => !WORD.test(secret)) : secrets;
  const cause: Failure = safeCause(error, hidden);
  const [code, what] = await diagnose(name, failure.message, cause, service, endpoint);
  return new AuthError(code, `${doing} failed: ${what}`, { cause });
}

async function diagnose(
  name: string,
  said: string,
  cause: Failure,
  service: Service,
  endpoint: string,
): Promise<Diagnosis> {
  const setting = `cognito.${service.toUpperCase().replace(' ', '_')}_ENDPOINT`;
  if (NO_ANSWER.test(`${name}: ${said}`)) {
    // Said without loading anything, since without a network nothing can be loaded.
    const check = /^https?:\/\/cognito-/.test(endpoint) ? 'the network' : `the network and ${setting}`;
    return ['Unreachable', `no answer from the ${service} at ${endpoint}. Check ${check}, and try again.`];
  }
  const code = decisiveCode(name, said, service);
  try {
    return (await import('./authFailures.js')).diagnose(code ?? name, said, cause, service, endpoint, setting);
  } catch {
    return [code ?? 'UnexpectedResponse', `${cause.message} (${name}, from the ${service})`];
  }
}

/** Errors that come in AWS's own words, and in no trigger's. */
const OWN_WORDS =
  /^(NotAuthorized|UserNot\w+|Username\w+|InvalidPassword|Password\w+|CodeMismatch|ExpiredCode|LimitExceeded|TooMany\w+)Exception$/;

/** What can stand in a sentence. */
const WORD = /^[a-z]{1,12}$/i;

/** A fetch that got no answer is a TypeError everywhere; the clients call it `NetworkError` and `NetworkingError`. */
const NO_ANSWER =
  /^(TypeError: .*(fetch|network|load failed)|Network|UnknownEndpoint|TimeoutError|E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_|NOTFOUND)|UND_ERR)/is;

/** What decides how it goes on (whether a session ends, a token is renewed) must not depend on what is loaded. */
function decisiveCode(name: string, message: string, service: Service): DecisiveCode | undefined {
  if (name !== 'NotAuthorizedException') return undefined;
  if (service === 'identity pool') return 'IdentityPoolRefused';
  if (/(refresh|access) token|token has been|session/i.test(message)) return 'SessionExpired';
  return /username or password/i.test(message) ? 'WrongPassword' : undefined;
}
