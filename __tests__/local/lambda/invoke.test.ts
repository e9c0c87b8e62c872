import type { LambdaCallback, LambdaContext, LambdaHandlerOptions } from '../../../src/local/lambda';
import { call, context, seen } from '../../support/lambdaHarness';

const answer = { statusCode: 200, body: 'hello' };

/** A promise of another make, which may be rejected with anything. */
const rejecting = (reason: unknown) => ({
  then: (_: unknown, reject: (reason: unknown) => void) => {
    reject(reason);
  },
});

describe('a function answers', () => {
  test.each<[string, NonNullable<LambdaHandlerOptions['handler']>]>([
    ['by a promise', () => Promise.resolve(answer)],
    [
      'by a promise of another make',
      () => ({
        then: (resolve: (value: object) => void) => {
          resolve(answer);
        },
      }),
    ],
    [
      'by its callback',
      (_event: unknown, _context: unknown, callback: LambdaCallback) => {
        callback(null, answer);
      },
    ],
    [
      'by its callback, later on',
      (_event: unknown, _context: unknown, callback: LambdaCallback) => {
        setImmediate(callback, undefined, answer);
      },
    ],
    [
      'by context.succeed',
      (_event: unknown, { succeed }: LambdaContext) => {
        succeed(answer);
      },
    ],
    [
      'by context.done',
      (_event: unknown, { done }: LambdaContext) => {
        done(null, answer);
      },
    ],
    [
      'once: the first time counts',
      (_event: unknown, _context: unknown, callback: LambdaCallback) => {
        callback(null, answer);
        callback(new Error('later'));
      },
    ],
  ])('%s', async (_, handler) => {
    expect(await seen(await call({ handler }))).toMatchObject({ status: 200, body: 'hello' });
  });

  test.each<[string, NonNullable<LambdaHandlerOptions['handler']>, string]>([
    ['that is no error', () => rejecting('text'), 'The function failed with text'],
    ['that is nothing', () => rejecting(undefined), 'The function failed with undefined'],
    [
      'to context.fail',
      (_event: unknown, { fail }: LambdaContext) => {
        fail(new Error('told'));
      },
      'told',
    ],
    [
      'to context.fail, without a reason',
      (_event: unknown, { fail }: LambdaContext) => {
        fail(undefined);
      },
      'context.fail was called',
    ],
    ['to a caller who gets no promise', () => answer, 'The function returned a value that is no promise'],
  ])('or fails with a reason %s', async (_, handler, message) => {
    const { error, response } = await call({ handler });
    expect((error as Error).message).toContain(message);
    expect(response.status).toBe(502);
  });
});

test('a function gets a context as from Lambda', async () => {
  let given: LambdaContext | undefined;
  const handler = (_event: unknown, one: LambdaContext): Promise<object> => {
    given = one;
    return Promise.resolve(answer);
  };
  await call({ handler, functionName: 'notes', timeout: 5_000 }, { caller: { requestId: 'an-id' } });
  expect(given).toMatchObject({
    awsRequestId: 'an-id',
    functionName: 'notes',
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${context.region}:${context.accountId}:function:notes`,
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/notes',
    logStreamName: expect.stringMatching(/^2024\/06\/01\/\[\$LATEST\][\da-f]{32}$/) as unknown,
    callbackWaitsForEmptyEventLoop: true,
  });
  const left = given!.getRemainingTimeInMillis();
  expect(left).toBeLessThanOrEqual(5_000);
  expect(Number.isInteger(left) && left >= 0).toBe(true);
  given!.callbackWaitsForEmptyEventLoop = false; // as many functions set it
});
