/** The errors of the chain. None shows a secret when it is logged, inspected or serialized, nor does its `cause`. */
import { SigV4ClientError } from './sigv4/index.js';
import { parseJson, redact, safeCause } from './util/index.js';
import type { Explanation } from './util/index.js';

export { SigV4ClientError };
export { SigV4Error } from './sigv4/index.js';
export type { SigV4ErrorCode } from './sigv4/index.js';

/** The call and the answer that an `ApigError` is made of. */
interface ApigErrorDetails {
  /** The method that was sent. */
  readonly method: string;
  /** The URL that was called; the error leaves its query out. */
  readonly url: string;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The answer's reason phrase, which the message shows where there is no body. Default: none. */
  readonly statusText?: string;
  /** The answer's headers. One of them may hold the id under which AWS logged the request. */
  readonly headers: Headers;
  /** The text of the answer's body. */
  readonly text: string;
  /** How many times the request was sent. Default 1. */
  readonly attempts?: number;
  /** Why the gateway refused the signature, where it did. */
  readonly explanation?: Explanation | undefined;
  /** The signed request. The error keeps it so that nothing prints it, since it holds the Authorization header. */
  readonly request?: unknown;
  /** The response. The error keeps it so that nothing prints it. */
  readonly response?: unknown;
  /** Values to hide in the message and the body, such as the session token that API Gateway's refusals repeat. */
  readonly secrets?: readonly (string | undefined)[];
}

/**
 * The API answered with something other than 2xx. The message is the text of its answer.
 * @example
 * try {
 *   await invokeApig({ path: '/notes/1' });
 * } catch (error) {
 *   if (error instanceof ApigError && error.status === 404) return undefined;
 *   throw error;
 * }
 */
export class ApigError extends SigV4ClientError {
  override readonly name = 'ApigError';
  // With `declare`, since a field of its own would show as `explanation: undefined` where there is none.
  declare readonly code: 'HttpError';
  /** The HTTP status of the answer. */
  declare readonly status: number;
  /** The method that was sent. */
  declare readonly method: string;
  /** The URL that was called, without its query. */
  declare readonly url: string;
  /** The answer's JSON, parsed; its text where it is not JSON; `undefined` where it is empty. */
  declare readonly body: unknown;
  /** The id under which AWS logged the request. */
  declare readonly requestId: string | undefined;
  /** How many times the request was sent. */
  declare readonly attempts: number;
  /** Why the gateway refused the signature, where it did. */
  declare readonly explanation?: Explanation;
  // Private, so that nothing prints it: headers, request and response can hold cookies, tokens and the Authorization header.
  readonly #details: ApigErrorDetails;

  /** @param details The call and its answer. */
  constructor(details: ApigErrorDetails) {
    const { status, statusText = '', headers, secrets } = details;
    const text = redact(details.text, secrets);
    const reason = redact(statusText, secrets);
    const call = describeCall(details);
    super(
      'HttpError',
      text || `${call.method} ${call.url} answered ${`${status} ${reason}`.trim()}, with an empty body`,
    );
    Object.assign(this, { status, body: parseBody(text), requestId: readRequestId(headers, secrets) }, call);
    this.#details = details;
  }

  /** The response's headers. Not shown when the error is logged or serialized. */
  get headers(): Headers {
    return this.#details.headers;
  }

  /** The request that was sent, where known. Not shown when the error is logged or serialized. */
  get request(): unknown {
    return this.#details.request;
  }

  /** The response, where known. Not shown when the error is logged or serialized. */
  get response(): unknown {
    return this.#details.response;
  }
}

/** Why no usable answer came. */
export type RequestErrorCode = 'NetworkError' | 'Timeout' | 'InvalidResponse';

/**
 * No usable answer came: the network failed, the time was up, or a 2xx response held something other than what was asked for.
 * @example
 * if (error instanceof RequestError && error.code === 'Timeout') show(`No answer in ${error.attempts} attempts`);
 */
export class RequestError extends SigV4ClientError {
  override readonly name = 'RequestError';
  declare readonly code: RequestErrorCode;
  /** The method that was sent. */
  declare readonly method: string;
  /** The URL that was called, without its query. */
  declare readonly url: string;
  /** How many times the request was sent. */
  declare readonly attempts: number;
  /** Where no answer came: what the browser may be hiding from the page, a refusal without CORS headers. */
  declare readonly explanation?: Explanation;

  /**
   * @param code Why no usable answer came.
   * @param message What happened and what to do.
   * @param details The call; `cause`: what was caught (a copy without secrets is kept); `secrets`: values to hide.
   */
  constructor(
    code: RequestErrorCode,
    message: string,
    details: {
      method: string;
      url: string;
      attempts?: number;
      cause?: unknown;
      explanation?: Explanation | undefined;
      secrets?: readonly (string | undefined)[];
    },
  ) {
    super(code, redact(message, details.secrets), causeOf(details));
    Object.assign(this, describeCall(details));
  }
}

/** What can go wrong with users, tokens, credentials and their configuration. */
export type AuthErrorCode =
  | 'NotConfigured' // a function of the default instance was called before `configure`
  | 'InvalidConfig' // a setting is missing, malformed, or refused by AWS
  | 'MissingDependency' // an optional package that is needed is not installed, or cannot run as it was built
  | 'NotReady' // a storage that answers by promises has not been loaded: call `ready()` first
  | 'NotLoggedIn'
  | 'WrongPassword'
  | 'UserNotFound'
  | 'UserNotConfirmed'
  | 'UserDisabled'
  | 'UserExists'
  | 'PasswordResetRequired'
  | 'InvalidPassword' // a new password does not meet the pool's policy
  | 'InvalidInput' // a value is malformed: the service refused it, or it was not sent
  | 'CodeMismatch'
  | 'CodeExpired'
  | 'ChallengeRequired' // see LoginChallengeError
  | 'TooManyAttempts'
  | 'NotAuthorized' // refused for another reason, such as a trigger of the user pool
  | 'SessionExpired' // the refresh token no longer works: log in again
  | 'SessionChanged' // the user logged out, or another one logged in, while the call was under way
  | 'StorageFailed' // the storage that keeps the session could not be read, or did not forget what a logout removes
  | 'IdentityPoolRefused'
  | 'Unreachable' // no answer from the service, it failed itself (5xx), or a part of the app could not be loaded
  | 'UnexpectedResponse';

/**
 * Logging in, a session, or getting credentials failed. `code` says why, the message says what to do.
 * @example
 * if (error instanceof AuthError && error.code === 'SessionExpired') show('Please log in again');
 */
export class AuthError extends SigV4ClientError {
  override readonly name: string = 'AuthError';
  declare readonly code: AuthErrorCode;

  /**
   * @param code Why it failed.
   * @param message What happened and what to do.
   * @param options `cause`: what was caught (a copy without secrets is kept); `secrets`: values to hide in it and in the message.
   */
  constructor(
    code: AuthErrorCode,
    message: string,
    options: { cause?: unknown; secrets?: readonly (string | undefined)[] } = {},
  ) {
    super(code, redact(message, options.secrets), causeOf(options));
  }
}

/**
 * The user pool asked for something (a code, a new password) and `login` was given no callback to answer with.
 * @example
 * if (error instanceof LoginChallengeError) console.error(`login needs the callback ${error.callback}`);
 */
export class LoginChallengeError extends AuthError {
  override readonly name = 'LoginChallengeError';
  declare readonly code: 'ChallengeRequired';
  /** Cognito's name of the challenge, such as `SOFTWARE_TOKEN_MFA`. */
  declare readonly challenge: string;
  /** The name of the callback to pass to `login`, such as `totpCode`. */
  declare readonly callback: string;

  /**
   * @param challenge Cognito's name of the challenge.
   * @param callback The name of the callback that is missing.
   */
  constructor(challenge: string, callback: string) {
    super(
      'ChallengeRequired',
      `The user pool answered the login with the challenge ${challenge}. ` +
        `Pass a callback for it: login(username, password, { ${callback}: async (challenge) => … })`,
    );
    Object.assign(this, { challenge, callback });
  }
}

function causeOf({ cause, secrets }: { cause?: unknown; secrets?: readonly (string | undefined)[] }): {
  cause?: unknown;
} {
  return cause === undefined ? {} : { cause: safeCause(cause, secrets) };
}

/** The fields that both errors of a call have. */
function describeCall(details: Pick<ApigErrorDetails, 'method' | 'url' | 'attempts' | 'explanation' | 'secrets'>) {
  const { method, url, attempts = 1, explanation, secrets } = details;
  const call = { method, url: url.replace(/[?#].*/s, '').replace(/^([a-z][\w+.-]*:\/\/)[^/@]*@/i, '$1'), attempts };
  if (!explanation) return call;
  const texts = Object.entries(explanation).map(([name, text]: [string, string | undefined]) => [
    name,
    text && redact(text, secrets),
  ]);
  return { ...call, explanation: Object.fromEntries(texts) as unknown };
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  const value = parseJson(text);
  return value === undefined ? text : value;
}

function readRequestId(headers: Headers, secrets: ApigErrorDetails['secrets']): string | undefined {
  for (const name of ['x-amzn-requestid', 'x-amz-request-id', 'apigw-requestid', 'x-amz-apigw-id']) {
    const id = headers.get(name);
    if (id !== null) return redact(id, secrets);
  }
  return undefined;
}
