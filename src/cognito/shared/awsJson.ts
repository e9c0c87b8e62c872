/** AWS's JSON protocol over fetch: the few calls that need no client library. */
import { backoffDelay, errorName, sleep, withTimeout } from '../../util/index.js';
import { isMissingFunction } from './missingFunction.js';

/** How calls are made. */
export interface CallOptions {
  /** What sends. */
  readonly fetch: typeof fetch;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
}

/** The service's refusal, under the service's own name for it. */
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

/** What stands before the names of a user pool's operations. */
export const USER_POOL_SERVICE = 'AWSCognitoIdentityProviderService.';

const ATTEMPTS = 3;

/** The upper limit of the first wait, in milliseconds. */
const BASE_DELAY = 400;

/**
 * Calls one operation. Tries again, with exponential backoff and full jitter, where no readable answer came, the service was
 * busy or failed; so only operations that may be repeated belong here.
 * @param endpoint The service's URL.
 * @param target The operation, such as `AWSCognitoIdentityService.GetId`.
 * @param input Its parameters.
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
 * Calls one operation, once; otherwise as `callAws` does.
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
  const answer = parseObject(text);
  if (response.ok) {
    if (answer) return answer;
    throw new ServiceError('UnreadableAnswer', 'the answer is not a JSON object', status); // such as one that was cut off
  }
  const { __type: type = response.headers.get('x-amzn-errortype'), message, Message = message } = answer ?? {};
  throw new ServiceError(
    typeof type === 'string' ? errorName(type) : `HTTP ${status}`,
    typeof Message === 'string' ? Message : `the answer has status ${status}`,
    status,
  );
}

/** Sends and reads, within the time. Without `AbortSignal.timeout`, which React Native and older browsers do not have. */
async function exchange(
  endpoint: string,
  target: string,
  input: object,
  { fetch, timeout }: CallOptions, // taken out, since browsers' own fetch must not be called as a method
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
    controller.abort(); // what is still under way when the time is up
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether another attempt may help: no answer, a damaged one, a busy or failing service; not the timeout. */
function isTransient(error: unknown): boolean {
  const { name, status = 0 } = error as { name?: unknown; status?: number };
  if (status >= 500 || status === 429) return true;
  if (name === 'TypeError') return !isMissingFunction(error); // fetch's own error where no answer came
  return /^(UnreadableAnswer$|Throttling|TooManyRequests)/.test(String(name));
}
