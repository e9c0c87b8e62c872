/** Types that several files of this room share. */

export type { LambdaFrontend } from '../apiGateway/index.js';

/** The versions of events and answers. */
export type PayloadFormat = '1.0' | '2.0';

/** Ends an invocation with an error or a result, as the third argument of functions that are not async. */
export type LambdaCallback = (error?: unknown, result?: unknown) => void;

/**
 * The context of an invocation: the second argument of a function, or the third of one that streams.
 * @example
 * const handler = async (event: unknown, context: LambdaContext) => ({ statusCode: 200, body: context.awsRequestId });
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface LambdaContext {
  /** Has no effect here: answers do not wait for other work of the process, as if it was false. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The function's name. */
  readonly functionName: string;
  /** The function's version, here always `$LATEST`. */
  readonly functionVersion: string;
  /** The function's ARN. */
  readonly invokedFunctionArn: string;
  /** The function's memory in MB, as text. */
  readonly memoryLimitInMB: string;
  /** The id of the invocation. */
  readonly awsRequestId: string;
  /** The name of the log group: `/aws/lambda/` and the function's name. */
  readonly logGroupName: string;
  /** The name of the log stream, which begins with the day, as Lambda's. */
  readonly logStreamName: string;
  /** Always `undefined`: only calls by AWS's mobile SDKs have it. */
  readonly identity: undefined;
  /** Always `undefined`: only calls by AWS's mobile SDKs have it. */
  readonly clientContext: undefined;
  /**
   * The time that is left.
   * @returns Milliseconds until the invocation's timeout.
   */
  getRemainingTimeInMillis: () => number;
  /**
   * Ends the invocation, as the callback does; for old functions.
   * @param error Why it failed; `null` where it did not.
   * @param result The answer.
   */
  done: LambdaCallback;
  /**
   * Ends the invocation with an error; for old functions.
   * @param error Why it failed.
   */
  fail: (error: unknown) => void;
  /**
   * Ends the invocation with a result; for old functions.
   * @param result The answer.
   */
  succeed: (result: unknown) => void;
}

/**
 * A Lambda function: async, with a callback, or wrapped in `awslambda.streamifyResponse`. Its parameters may have any types, such as
 * those of `@types/aws-lambda`.
 */
export type LambdaFunction = (event: never, contextOrStream: never, callbackOrContext: never) => unknown;

/** A function, or the file that it is loaded from each time. */
export type FunctionSource = LambdaFunction | { readonly file: string; readonly exportName: string };

/** Texts by name, as in the `headers` of an event. */
export type TextMap = Readonly<Record<string, string>>;
