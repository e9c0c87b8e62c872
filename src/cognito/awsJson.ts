/** AWS's JSON protocol over fetch: the few calls that need no client library. */

/** How calls are made. */
export interface CallOptions {
  readonly fetch: typeof fetch;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
}

/** The service's refusal, under the service's own name for it. */
export class ServiceError extends Error {
  readonly code: string;
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
const FIRST_DELAY = 200;

/**
 * Calls one operation. Tries again, with exponential backoff and full jitter, where no readable answer came, the service was
 * busy or failed; so only operations that may be repeated belong here.
 * @param endpoint The service's URL.
 * @param target The operation, such as `AWSCognitoIdentityService.GetId`.
 * @param input Its parameters.
 * @param options How to call.
 * @returns The answer's JSON object.
 * @throws ServiceError where the service refuses; an Error where the answer cannot be read; otherwise what `fetch` threw.
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
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      const delay = Math.random() * FIRST_DELAY * 2 ** attempt;
      await new Promise((resolve) => setTimeout(resolve, delay));
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
  { fetch, timeout }: CallOptions, // taken out, since browsers' own fetch must not be called as a method
): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, 'cache-control': 'no-store' },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(timeout),
  });
  const { status } = response;
  const answer = parseObject(await response.text());
  if (response.ok) {
    if (answer) return answer;
    throw new ServiceError('UnreadableAnswer', 'the answer is not a JSON object', status); // such as one that was cut off
  }
  const { __type: type = response.headers.get('x-amzn-errortype'), message, Message = message } = answer ?? {};
  throw new ServiceError(
    typeof type === 'string' ? readName(type) : `HTTP ${status}`,
    typeof Message === 'string' ? Message : `the answer has status ${status}`,
    status,
  );
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** From `com.amazonaws.cognito#NotAuthorizedException:http://…` to the name. */
function readName(type: string): string {
  return type.replace(/:.*/, '').replace(/.*#/, '');
}

/** Whether another attempt may help: no answer, a damaged one, a busy or failing service; not the timeout. */
function isPassing(error: unknown): boolean {
  const { name, status = 0 } = error as { name?: unknown; status?: number };
  return (
    status >= 500 || status === 429 || /^(TypeError$|UnreadableAnswer$|Throttling|TooManyRequests)/.test(String(name))
  );
}
