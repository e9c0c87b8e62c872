/** Turns what Cognito's services and clients throw into `AuthError`s. */
import { AuthError } from '../../errors.js';
import type { AuthErrorCode } from '../../errors.js';
import { safeCause, secretsIn } from '../../util/index.js';
import { ADVICE, IDENTITY_POOL_RULES, USER_POOL_RULES } from './failureRules.js';
import { isMissingFunction } from './missingFunction.js';
import { describeSetting } from './options.js';
import { sentence } from './sentences.js';

/** The service that was called, as errors name it. */
export type Service = 'user pool' | 'identity pool';

/** The call that failed. */
export interface FailedCall {
  /** The service that was called. */
  readonly service: Service;
  /** What the call does, as errors say it, such as "Logging in". */
  readonly doing: string;
  /** The pool's URL. */
  readonly endpoint: string;
  /** Values to hide in the error. */
  readonly secrets: readonly string[];
}

/** The parts of a caught error that tell what happened. */
type Failure = Error & { readonly code?: unknown; readonly status?: unknown; readonly statusCode?: unknown };

/** What a failure means: the code for our error, and a text that says what happened. */
type Diagnosis = readonly [code: AuthErrorCode, what: string];

/**
 * The error to throw in place of what a pool's client threw.
 * @param error What was caught.
 * @param call What was being done.
 * @returns An AuthError. An error that says that the platform lacks a function is returned unchanged: the service is not to blame.
 */
export function toAuthError(error: unknown, call: FailedCall): Error {
  if (isMissingFunction(error)) return error as Error;
  const failure: Failure = safeCause(withShortMessage(error));
  if (failure instanceof AuthError) return failure;
  const name = typeof failure.code === 'string' ? failure.code : failure.name; // the service's name of the error
  // These errors have AWS's own sentences, which repeat no input. If a user's password is "user", hiding that word in them would
  // give the password away.
  const known = AWS_WORDS.test(name) ? call.secrets.filter((secret) => !WORD.test(secret)) : call.secrets;
  // Messages repeat ids and endpoints, in which a secret may have been set by mistake.
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

/** The longest message, in characters, that is read whole: services say less, and each word is compared with secrets. */
const LONGEST_MESSAGE = 2000;

/** The error with its message cut to `LONGEST_MESSAGE`, which a proxy or an emulator in the pool's place may exceed. */
function withShortMessage(error: unknown): unknown {
  const { message } = Object(error) as { message?: unknown };
  if (typeof message !== 'string' || message.length <= LONGEST_MESSAGE || error instanceof AuthError) return error;
  const { name, code, status, statusCode } = error as Failure;
  const said = `${message.slice(0, LONGEST_MESSAGE)} …`;
  return Object.assign(new Error(said), { name, code, status, statusCode });
}

/** Errors whose messages are always AWS's own, and never those of a user pool's trigger. */
const AWS_WORDS =
  /^(NotAuthorized|UserNot\w+|Username\w+|InvalidPassword|Password\w+|CodeMismatch|ExpiredCode|LimitExceeded|TooMany\w+)Exception$/;

/** A word that can be part of a sentence of AWS's. */
const WORD = /^[a-z]{1,12}$/i;

/** The names of errors where no answer came: `TypeError` with fetch, `NetworkError` and `NetworkingError` with the libraries. */
const NO_ANSWER =
  /^(TypeError: .*(fetch|network|load failed)|Network|UnknownEndpoint|TimeoutError|E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_|NOTFOUND)|UND_ERR)/is;

/** The names of errors where the service itself failed: amazon-cognito-identity-js does not keep the HTTP status. */
const SERVICE_FAILURE = /^(Internal|ServiceUnavailable|ServiceFailure)/;

/** Names of AWS's own errors. */
const AWS_NAME = /Exception$|^Throttling/;

/**
 * Finds what a failure means.
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
