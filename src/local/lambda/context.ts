/** The context of an invocation. */
import { createHash } from 'node:crypto';
import { arnOf } from '../iam/index.js';
import type { LambdaCallback, LambdaContext } from './types.js';

/** The values that a context is made of. */
export interface ContextInput {
  readonly functionName: string;
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  /** When the invocation began. */
  readonly start: Date;
  /** How long the invocation may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * Makes the context of an invocation, with the settings that Lambda has by default.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 * @param input The function, the invocation, its time.
 * @param callback Called by `done`, `fail` and `succeed`, the methods for old functions.
 */
export function createContext(input: ContextInput, callback: LambdaCallback): LambdaContext {
  const { functionName, region, accountId, requestId, start, timeout } = input;
  // Not by the gateway's clock, which an app may have stopped.
  const deadline = performance.now() + timeout;
  const stream = createHash('md5').update(requestId).digest('hex');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `${arnOf(region)}:lambda:${region}:${accountId}:function:${functionName}`,
    memoryLimitInMB: '128',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${start.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${stream}`,
    identity: undefined,
    clientContext: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: callback,
    fail: (error) => {
      // As in Lambda, `fail()` without an error still fails.
      callback(error ?? new Error('context.fail was called'));
    },
    succeed: (result) => {
      callback(null, result);
    },
  };
}
