/** What several files of this room speak of. */

/** What stands in front of a function on AWS: a REST API, an HTTP API (payload format 2.0) or a function URL. */
export type LambdaFrontend = 'rest' | 'http' | 'functionUrl';

/** Told how an invocation ended: with an error, or with a result. */
export type LambdaCallback = (error?: unknown, result?: unknown) => void;

/** The second argument of a function, or the third of one that streams: what Lambda says of the invocation. */
export interface LambdaContext {
  /** Without effect here: an answer never waits for what else the process does, as if it was set to false. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The function's name. */
  readonly functionName: string;
  /** `$LATEST`. */
  readonly functionVersion: string;
  /** The function's ARN. */
  readonly invokedFunctionArn: string;
  /** In MB, as text. */
  readonly memoryLimitInMB: string;
  /** The id of the invocation. */
  readonly awsRequestId: string;
  /** `/aws/lambda/` and the function's name. */
  readonly logGroupName: string;
  /** With the day, as Lambda's. */
  readonly logStreamName: string;
  /** Of calls by AWS's mobile SDKs only. */
  readonly identity: undefined;
  /** Of calls by AWS's mobile SDKs only. */
  readonly clientContext: undefined;
  /** Milliseconds until the time is up. */
  getRemainingTimeInMillis: () => number;
  /** As the callback; of old functions. */
  done: LambdaCallback;
  /** Ends with an error; of old functions. */
  fail: (error: unknown) => void;
  /** Ends with a result; of old functions. */
  succeed: (result: unknown) => void;
}

/**
 * A Lambda function: async, with a callback, or wrapped in `awslambda.streamifyResponse`. Its arguments are of whatever type
 * it gives them, such as those of `@types/aws-lambda`.
 */
export type LambdaFunction = (event: never, contextOrStream: never, callbackOrContext: never) => unknown;

/** Texts by name, as in the `headers` of an event. */
export type TextMap = Readonly<Record<string, string>>;
