/** From what Cognito's services and clients throw to `AuthError`s. */
import { AuthError } from '../../errors.js';
import type { AuthErrorCode } from '../../errors.js';
import { safeCause, secretsIn } from '../../util/index.js';
import { describeSetting } from './options.js';
import { ADVICE, IDENTITY_POOL_RULES, USER_POOL_RULES } from './failureRules.js';
import { isMissingFunction } from './missingFunction.js';

/** Who was asked. */
export type Service = 'user pool' | 'identity pool';

/** What was being done when something was thrown. */
export interface FailedCall {
  /** Who was asked. */
  readonly service: Service;
  /** What for, as in "Logging in". */
  readonly doing: string;
  /** The pool's URL. */
  readonly endpoint: string;
  /** Values to hide in the error. */
  readonly secrets: readonly string[];
}

/** What was caught, as far as it tells what happened. */
type Failure = Error & { readonly code?: unknown; readonly status?: unknown; readonly statusCode?: unknown };

/** What a failure means: the error's code, and what happened. */
type Diagnosis = readonly [code: AuthErrorCode, what: string];

/**
 * What to throw in place of what a pool's client threw.
 * @param error What was caught.
 * @param call What was being done.
 * @returns An AuthError. An error of a platform that lacks a function comes back as it is: neither the service nor the
 *   endpoint is to blame for it.
 */
export function toAuthError(error: unknown, call: FailedCall): Error {
  if (isMissingFunction(error)) return error as Error;
  const failure: Failure = safeCause(withShortMessage(error));
  if (failure instanceof AuthError) return failure;
  const name = typeof failure.code === 'string' ? failure.code : failure.name; // the service's name of the error
  // These errors come in AWS's own sentences, which repeat nothing that was typed. For whoever has "password" or "user" as
  // a password, hiding that word in them would betray it.
  const known = AWS_WORDS.test(name) ? call.secrets.filter((secret) => !WORD.test(secret)) : call.secrets;
  // A secret that was set as an id or in an endpoint by mistake comes back with the service's or the network's own words.
  const secrets = [...known, ...secretsIn(call.endpoint), ...secretsIn(failure.message)];
  const cause: Failure = safeCause(withShortMessage(error), secrets);
  const [code, what] = diagnose(name, failure.message, cause, call);
  return new AuthError(code, `${call.doing} failed: ${what}`, { cause });
}

/**
 * Whether an error is an `AuthError` of that code.
 * @param error What was caught.
 * @param code The code.
 */
export const hasCode = (error: unknown, code: AuthErrorCode): error is AuthError =>
  error instanceof AuthError && error.code === code;

/** No service says as much as this, in characters; each word of it may have to be hidden. */
const LONGEST_MESSAGE = 2000;

/** An error whose message has been cut, where whoever answers in the pool's place says too much. */
function withShortMessage(error: unknown): unknown {
  const { message } = Object(error) as { message?: unknown };
  if (typeof message !== 'string' || message.length <= LONGEST_MESSAGE || error instanceof AuthError) return error;
  const { name, code, status, statusCode } = error as Failure;
  const said = `${message.slice(0, LONGEST_MESSAGE)} …`;
  return Object.assign(new Error(said), { name, code, status, statusCode });
}

/** Errors that come in AWS's own words, and in no trigger's. */
const AWS_WORDS =
  /^(NotAuthorized|UserNot\w+|Username\w+|InvalidPassword|Password\w+|CodeMismatch|ExpiredCode|LimitExceeded|TooMany\w+)Exception$/;

/** What can stand in a sentence. */
const WORD = /^[a-z]{1,12}$/i;

/** A fetch that got no answer is a TypeError everywhere; the clients call it `NetworkError` and `NetworkingError`. */
const NO_ANSWER =
  /^(TypeError: .*(fetch|network|load failed)|Network|UnknownEndpoint|TimeoutError|E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_|NOTFOUND)|UND_ERR)/is;

/** The service failed itself. amazon-cognito-identity-js keeps no status, so its failures are known by their names. */
const SERVICE_FAILURE = /^(Internal|ServiceUnavailable|ServiceFailure)/;

/** Names that AWS gives its errors. */
const AWS_NAME = /Exception$|^Throttling/;

/**
 * What a failure means.
 * @param name The service's name of the error.
 * @param said What the service said, secrets included.
 * @param cause What was caught, without secrets.
 * @param call What was being done.
 */
function diagnose(name: string, said: string, cause: Failure, call: FailedCall): Diagnosis {
  const { service } = call;
  const endpoint = secretsIn(call.endpoint).length === 0 ? call.endpoint : describeSetting(call.endpoint);
  const setting = `cognito.${service.toUpperCase().replace(' ', '_')}_ENDPOINT`;
  if (NO_ANSWER.test(`${name}: ${said}`)) {
    const check = /^https?:\/\/cognito-/.test(call.endpoint) ? 'the network' : `the network and ${setting}`;
    return ['Unreachable', `no answer from the ${service} at ${endpoint}. Check ${check}, and try again.`];
  }
  const shown = cause.message || name;
  const rules = service === 'user pool' ? USER_POOL_RULES : IDENTITY_POOL_RULES;
  const rule = rules.find((one) => one.name === name && (one.says?.test(said) ?? true));
  if (rule) return [rule.code, `${sentence(shown)} ${ADVICE[rule.advice]}`];

  const status = [cause.statusCode, cause.status].find((one) => typeof one === 'number');
  if ((status ?? 0) >= 500 || SERVICE_FAILURE.test(name)) {
    const how = status === undefined ? '' : `, with status ${status}`;
    return ['Unreachable', `the ${service} at ${endpoint} failed itself${how} (${shown}). ${ADVICE.busy}`];
  }
  if (AWS_NAME.test(name)) return ['UnexpectedResponse', `${sentence(shown)} (${name}, from the ${service})`];

  const what = `the ${service} at ${endpoint} gave an answer that could not be read (${shown}).`;
  return ['UnexpectedResponse', `${what} Check ${setting}, and that nothing in between changes answers.`];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
