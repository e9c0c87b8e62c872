/** Puts a Lambda function behind the local API gateway. */
import { sleep } from '../../util/index.js';
import { ApiFailure } from '../apiGateway/index.js';
import type { ApiCaller, ApiContext, ApiHandler } from '../apiGateway/index.js';
import { httpAnswer, restAnswer } from './answers.js';
import { createContext } from './context.js';
import type { EventInput } from './eventParts.js';
import { failure, noRoute } from './failures.js';
import { functionUrlEvent, httpEvent } from './httpEvent.js';
import { invoke } from './invoke.js';
import { loadHandler } from './loadHandler.js';
import { readOptions } from './options.js';
import type { LambdaHandlerOptions, LambdaSettings } from './options.js';
import { defineAwslambda, isStreaming } from './responseStream.js';
import { restEvent } from './restEvent.js';
import { readRoutes } from './routes.js';
import { streamAnswer } from './streamAnswer.js';
import type { LambdaCallback, LambdaContext } from './types.js';

/**
 * Makes of a Lambda function what `startApiGateway` and `startLocalAws` take as `handler`. The function gets the event and the
 * context that AWS gives it, and its answer becomes the response that AWS makes of it: what it throws, an answer that cannot be
 * read and a time that is up have AWS's own answers, and `onError` of the gateway is told why.
 *
 * The global `awslambda` is defined, for functions that stream. Several calls may run at once in the one process, where Lambda
 * would start another.
 *
 * @param options The function, or its file; what stands in front of it on AWS, routes, `timeout` in milliseconds …
 * @returns A handler, with its `timeout`.
 * @throws {LocalAwsError} `InvalidOption`, with the option's name
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
    // As on AWS the function goes on where the caller hangs up, but nobody waits for it.
    const gone = aborted(request.signal).then(() => failure(frontend, 'timedOut', undefined).response);
    try {
      return await Promise.race([answer(input, settings), late, gone]);
    } catch (error) {
      throw error instanceof ApiFailure ? error : failure(frontend, 'failed', error);
    } finally {
      time.stop();
    }
  }
  return Object.assign(handle, { timeout });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

async function answer(input: EventInput, settings: LambdaSettings): Promise<Response> {
  const { source, frontend, binaryMediaTypes, functionName, timeout } = settings;
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
      frontend,
    );
  const value = await invoke(fn, event, makeContext);
  if (frontend !== 'rest') return httpAnswer(value, frontend);
  return restAnswer(value, { accept: input.request.headers.get('accept'), binaryMediaTypes });
}

function makeEvent(input: EventInput, { frontend, binaryMediaTypes }: LambdaSettings): unknown {
  if (frontend === 'rest') return restEvent(input, binaryMediaTypes);
  return frontend === 'http' ? httpEvent(input) : functionUrlEvent(input);
}
