/** AWS's JSON protocol over fetch, for calls without a client library. */
import { backoffDelay, errorName, isObject, parseJson, sleep, withTimeout } from '../../util/index.js';
import { isMissingFunction } from './missingFunction.js';

/** How calls are made. */
export interface CallOptions {
  /** Sends the requests. */
  readonly fetch: typeof fetch;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
}

/** A service refused a call; `code` is the service's own name of the error. */
export class ServiceError extends Error {
  /** The service's name of the error, such as `NotAuthorizedException`. */
  readonly code: string;
  /** The answer's HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** The prefix of a user pool's operations in the header `X-Amz-Target`. */
export const USER_POOL_SERVICE = 'AWSCognitoIdentityProviderService.';

const ATTEMPTS = 3;

/** The upper limit of the wait before the second attempt, in milliseconds. */
const BASE_DELAY = 400;

/**
 * Calls an operation that may be repeated. It is tried again, with exponential backoff and full jitter, where no readable answer came
 * or the service was busy or failed.
 * @param endpoint The service's URL.
 * @param target The operation, such as `AWSCognitoIdentityService.GetId`.
 * @param input The operation's parameters.
 * @param options How to call.
 * @returns The answer's JSON object.
 * @throws ServiceError where the service refuses or its answer cannot be read; otherwise what `fetch` threw.
 */
export async function callAws(
  endpoint: string,
  target: string,
  input: object,
  options: CallOptions,
): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callOnce(endpoint, target, input, options);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await sleep(backoffDelay(attempt, BASE_DELAY)).promise;
    }
  }
}

/**
 * Calls an operation as `callAws` does, but without further attempts.
 * @throws ServiceError where the service refuses or its answer cannot be read; otherwise what `fetch` threw.
 */
export async function callOnce(
  endpoint: string,
  target: string,
  input: object,
  options: CallOptions,
): Promise<Record<string, unknown>> {
  const { response, text } = await exchange(endpoint, target, input, options);
  const { status } = response;
  const parsed = parseJson(text);
  const answer = isObject(parsed) ? parsed : undefined;
  if (response.ok) {
    if (answer) return answer;
    throw new ServiceError('UnreadableAnswer', 'the answer is not a JSON object', status); // it may have been cut off
  }
  const { __type: type = response.headers.get('x-amzn-errortype'), message, Message = message } = answer ?? {};
  throw new ServiceError(
    typeof type === 'string' ? errorName(type) : `HTTP ${status}`,
    typeof Message === 'string' ? Message : `the answer has status ${status}`,
    status,
  );
}

/** Sends a request and reads the answer within the timeout. React Native and older browsers lack `AbortSignal.timeout`. */
async function exchange(
  endpoint: string,
  target: string,
  input: object,
  { fetch, timeout }: CallOptions, // destructured, since a browser's fetch must not be called as a method of another object
): Promise<{ response: Response; text: string }> {
  const controller = new AbortController();
  const send = async () => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, 'cache-control': 'no-store' },
      body: JSON.stringify(input),
      signal: controller.signal,
    });
    return { response, text: await response.text() };
  };
  try {
    return await withTimeout(send(), timeout);
  } finally {
    controller.abort(); // ends the request where the time is up
  }
}

/** Whether another attempt may help: where no answer or a damaged one came, or the service is busy or failing; not after a timeout. */
function isTransient(error: unknown): boolean {
  const { name, status = 0 } = error as { name?: unknown; status?: number };
  if (status >= 500 || status === 429) return true;
  if (name === 'TypeError') return !isMissingFunction(error); // fetch rejects with it where no answer came
  return /^(UnreadableAnswer$|Throttling|TooManyRequests)/.test(String(name));
}
