/** Calls what `lambdaHandler` makes, as the gateway does, without a gateway. */
import { lambdaHandler } from '../../src/local/lambda';
import type { LambdaFrontend, LambdaHandlerOptions } from '../../src/local/lambda';
import type { ApiCaller, ApiContext } from '../../src/local/apiGateway';
import { ApiFailure } from '../../src/local/apiGateway';

export const caller: ApiCaller = {
  identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  authenticated: true,
  username: 'user@example.com',
  userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
  requestId: '3c3ecbaa-1690-11e8-ae31-8f39f1d24afd',
};

export const context: ApiContext = {
  stage: 'dev',
  region: 'us-east-1',
  accountId: '123456789012',
  apiId: 'local00api',
  rawHeaders: [],
  time: new Date('2024-06-01T12:00:00Z'),
};

/** A call: its target, and what of it is not as in most. */
export interface Call {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: readonly [string, string][];
  readonly body?: string | Uint8Array;
  readonly caller?: Partial<ApiCaller>;
  readonly context?: Partial<ApiContext>;
}

/** What the gateway would answer, and what `onError` would be told. */
export interface Outcome {
  readonly response: Response;
  readonly error: unknown;
}

export async function call(options: LambdaHandlerOptions, given: Call = {}): Promise<Outcome> {
  const { url = 'http://127.0.0.1:9400/notes/1', body, headers = [] } = given;
  const { method = body === undefined ? 'GET' : 'POST' } = given;
  const request = new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
  try {
    const all = { ...context, rawHeaders: headers, ...given.context };
    return { response: await lambdaHandler(options)(request, { ...caller, ...given.caller }, all), error: undefined };
  } catch (error) {
    if (error instanceof ApiFailure) return { response: error.response, error: error.cause };
    throw error;
  }
}

/** The event that a function gets. */
export async function eventOf<T>(frontend: LambdaFrontend, given: Call = {}, options: LambdaHandlerOptions = {}) {
  let seen: unknown;
  const handler = (event: unknown): Promise<object> => {
    seen = event;
    return Promise.resolve({ statusCode: 204 });
  };
  const { error } = await call({ handler, frontend, ...options }, given);
  if (error !== undefined) throw error as Error;
  return seen as T;
}

/** What a client sees of an answer. */
export async function seen({ response }: Outcome) {
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}
