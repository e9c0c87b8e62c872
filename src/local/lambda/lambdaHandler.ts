/** Runs a Lambda function behind the local API gateway. */
import { sleep } from '../../util/index.js';
import { ApiFailure } from '../apiGateway/index.js';
import type { ApiCaller, ApiContext, ApiHandler } from '../apiGateway/index.js';
import { httpAnswer, httpAnswerV1, restAnswer } from './answers.js';
import { createContext } from './context.js';
import type { EventInput } from './eventParts.js';
import { failure, noRoute } from './failures.js';
import { functionUrlEvent, httpEvent } from './httpEvent.js';
import { invoke } from './invoke.js';
import { loadHandler } from './loadHandler.js';
import { readOptions } from './options.js';
import type { LambdaHandlerOptions, LambdaSettings } from './options.js';
import { defineAwslambda, isStreaming } from './responseStream.js';
import { httpEventV1, restEvent } from './restEvent.js';
import { readRoutes } from './routes.js';
import { streamAnswer } from './streamAnswer.js';
import type { LambdaCallback, LambdaContext } from './types.js';

/**
 * Turns a Lambda function into a `handler` for `startApiGateway` and `startLocalAws`. The function gets the event and the context that
 * AWS would give it, and its answer becomes the response that AWS would make of it. Where it throws, gives an answer that cannot be
 * read, or takes too long, the caller gets AWS's own answer, and the gateway's `onError` the reason.
 *
 * The global `awslambda` is defined, for functions that stream. Several calls may run at once in this process, where Lambda would
 * start another one.
 *
 * @param options The function, or its file; what is in front of it on AWS, routes, `timeout` in milliseconds …
 * @returns A handler with the property `timeout`.
 * @throws LocalAwsError `InvalidOption`, with the option's name
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @example
 * const aws = await startLocalAws({
 *   apiGateway: { handler: lambdaHandler({ file: 'src/notes.mjs', routes: ['/notes', '/notes/{id}'] }) },
 * });
 */
export function lambdaHandler(options: LambdaHandlerOptions): ApiHandler {
  const settings = readOptions(options);
  const { frontend, timeout } = settings;
  const findRoute = readRoutes(options.routes, frontend);
  defineAwslambda();

  async function handle(request: Request, caller: ApiCaller, context: ApiContext): Promise<Response> {
    const route = findRoute(request.method, new URL(request.url).pathname);
    if (route === undefined) return noRoute(frontend);
    const body = new Uint8Array(await request.arrayBuffer());
    const input = { request, body, caller, context, route, stageVariables: settings.stageVariables };
    const time = sleep(timeout);
    const late = time.promise.then((): never => {
      throw failure(frontend, 'timedOut', new Error(`The function did not answer within ${timeout} ms`));
    });
    // Where the caller hangs up, the function goes on, as on AWS, but its answer is not waited for.
    const gone = aborted(request.signal).then(() => failure(frontend, 'timedOut', undefined).response);
    try {
      return await Promise.race([answer(input, settings), late, gone]);
    } catch (error) {
      throw error instanceof ApiFailure ? error : failure(frontend, 'failed', error);
    } finally {
      time.stop();
    }
  }
  return Object.assign(handle, { timeout, frontend, functionName: settings.functionName });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

async function answer(input: EventInput, settings: LambdaSettings): Promise<Response> {
  const { source, frontend, payloadFormat, binaryMediaTypes, functionName, timeout } = settings;
  const { region, accountId, time: start } = input.context;
  const { requestId } = input.caller;
  const makeContext = (callback: LambdaCallback): LambdaContext =>
    createContext({ functionName, region, accountId, requestId, start, timeout }, callback);
  const fn = typeof source === 'function' ? source : await loadHandler(source.file, source.exportName);
  const event = makeEvent(input, settings);

  if (isStreaming(fn))
    return streamAnswer(
      fn,
      event,
      makeContext(() => undefined),
      settings,
    );
  const value = await invoke(fn, event, makeContext);
  if (frontend !== 'rest') return payloadFormat === '1.0' ? httpAnswerV1(value) : httpAnswer(value, frontend);
  return restAnswer(value, { accept: input.request.headers.get('accept'), binaryMediaTypes });
}

function makeEvent(input: EventInput, { frontend, payloadFormat, binaryMediaTypes }: LambdaSettings): unknown {
  if (frontend === 'rest') return restEvent(input, binaryMediaTypes);
  if (frontend === 'functionUrl') return functionUrlEvent(input);
  return payloadFormat === '1.0' ? httpEventV1(input) : httpEvent(input);
}
