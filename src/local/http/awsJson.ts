/**
 * The server's side of the AWS JSON 1.1 protocol: an operation is named by `x-amz-target`, its input and its output
 * are JSON, and a refusal is `{"__type": "<name>", "message": "<text>"}`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { randomUUID } from 'node:crypto';
import { SigV4ClientError } from '../../sigv4/index.js';
import type { Clock } from '../options/index.js';
import { corsHeaders } from './cors.js';
import { parseJsonObject } from './jsonObject.js';
import type { LocalHandler, OnError } from './types.js';

/** A refusal, as clients get it: `code` is AWS's name of it. */
export class AwsJsonError extends SigV4ClientError {
  override readonly name = 'AwsJsonError';
  /** The HTTP status of the answer. */
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined);
    this.status = options.status ?? 400;
  }
}

/** The input of an operation: a JSON object that is not checked yet. */
export type AwsJsonInput = Readonly<Record<string, unknown>>;

/** Carries out one operation; it refuses by throwing an {@link AwsJsonError}. */
export type AwsJsonOperation = (input: AwsJsonInput) => object | Promise<object>;

/** Options of {@link awsJsonHandler}. */
export interface AwsJsonOptions {
  /** What stands before the dot in `x-amz-target`, e.g. `AWSCognitoIdentityService`. */
  readonly service: string;
  /** The operations by their names, i.e. by what stands after the dot. */
  readonly operations: Readonly<Record<string, AwsJsonOperation>>;
  /** The clock behind the answers' `Date` header. */
  readonly now: Clock;
  /** Called with errors in operations that are no refusals; the client only sees InternalErrorException. */
  readonly onError?: OnError | undefined;
}

/**
 * A handler for `listen` that speaks AWS JSON 1.1, and answers the preflights of browsers.
 *
 * @example
 * const operations = { Greet: (input: Readonly<Record<string, unknown>>) => ({ Text: `Hello ${String(input.Name)}` }) };
 * const server = await listen(awsJsonHandler({ service: 'Greeter', operations, now: () => new Date() }));
 */
export function awsJsonHandler(options: AwsJsonOptions): LocalHandler {
  const { service, operations, now, onError } = options;

  return async (request, { isTooLarge }) => {
    const headers = {
      ...corsHeaders(request),
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
      date: now().toUTCString(),
    };
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
    try {
      if (isTooLarge) {
        throw new AwsJsonError('RequestEntityTooLargeException', 'The request is too large.', { status: 413 });
      }
      const operation = findOperation(request, service, operations);
      const output = await operation(parseInput(await request.text()));
      return new Response(JSON.stringify(output), { headers });
    } catch (error) {
      if (!(error instanceof AwsJsonError)) onError?.(error);
      return refusal(error, headers);
    }
  };
}

function findOperation(request: Request, service: string, operations: AwsJsonOptions['operations']): AwsJsonOperation {
  const target = request.headers.get('x-amz-target') ?? '';
  const name = target.slice(service.length + 1);
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (request.method === 'POST' && target === `${service}.${name}` && operation) return operation;

  const known = Object.keys(operations).join(', ');
  throw new AwsJsonError(
    'UnknownOperationException',
    `${request.method} with x-amz-target '${target}': expected POST with '${service}.' and one of ${known}.`,
    { status: request.method === 'POST' ? 400 : 404 },
  );
}

function parseInput(body: string): AwsJsonInput {
  const input = parseJsonObject(body);
  if (input.fault === undefined) return input.object;
  if (input.fault === 'NotJson') {
    const { cause } = input;
    throw new AwsJsonError('SerializationException', 'Could not parse request body into json.', { cause });
  }
  throw new AwsJsonError('SerializationException', 'Expected the request body to be an object.');
}

function refusal(error: unknown, headers: Record<string, string>): Response {
  const { code, message, status } =
    error instanceof AwsJsonError
      ? error
      : { code: 'InternalErrorException', message: 'The local server failed on this request.', status: 500 };
  // The message can repeat what the client sent, and not every character, nor any length, may stand in a header.
  const headerSafe = message.length <= 1000 && /^[\x20-\x7e]*$/.test(message);
  return new Response(JSON.stringify({ __type: code, message }), {
    status,
    headers: { ...headers, 'x-amzn-errortype': `${code}:`, ...(headerSafe ? { 'x-amzn-errormessage': message } : {}) },
  });
}
