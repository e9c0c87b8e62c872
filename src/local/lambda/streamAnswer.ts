/** Runs a function that streams, and makes a response that streams what it writes. */
import { isMissing } from '../../sigv4/index.js';
import { isObject, parseJson } from '../../util/index.js';
import { readStatus, respond, sentHeaders } from './answerParts.js';
import { httpAnswer, httpAnswerV1, mergedHeaders, readCookies } from './answers.js';
import { MalformedAnswer } from './failures.js';
import { asError, isPromise } from './invoke.js';
import type { LambdaSettings } from './options.js';
import { DELIMITER, ResponseStream, WITH_PRELUDE } from './responseStream.js';
import type { LambdaContext, LambdaFunction } from './types.js';

/** The longest prelude, in bytes. */
const MAX_PRELUDE = 16_384;

type Chunks = AsyncIterator<Buffer, unknown>;

/** What stands in front of the function, and which form its answer has. */
type StreamOptions = Pick<LambdaSettings, 'frontend' | 'payloadFormat'>;

/**
 * Runs a function that streams. The response is there as soon as its status and headers are; what goes wrong later on breaks it off.
 *
 * A REST API takes the prelude of `HttpResponseStream.from` alone, a function URL any bytes too. An HTTP API does not stream: it
 * waits for the end, and takes what was written for an answer in JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 *
 * @param fn The function.
 * @param event Its event.
 * @param context Its context.
 * @param options What stands in front of the function.
 * @returns The response.
 * @throws What the function threw before its answer began; MalformedAnswer
 */
export async function streamAnswer(
  fn: LambdaFunction,
  event: unknown,
  context: LambdaContext,
  { frontend, payloadFormat }: StreamOptions,
): Promise<Response> {
  const stream = new ResponseStream();
  const chunks: Chunks = stream[Symbol.asyncIterator]();
  run(fn, event, stream, context);
  try {
    if (frontend !== 'http') return await begin(stream, chunks, frontend);
    const answer = await readJson(chunks);
    return payloadFormat === '1.0' ? httpAnswerV1(answer) : httpAnswer(answer, frontend);
  } catch (error) {
    stream.destroy(); // otherwise a function that still writes would wait for a reader
    throw error;
  }
}

/** The response, as soon as its status and headers are known. */
async function begin(stream: ResponseStream, chunks: Chunks, frontend: 'rest' | 'functionUrl'): Promise<Response> {
  const first = await chunks.next();
  const read = first.done === true ? Buffer.alloc(0) : first.value;
  if (frontend === 'functionUrl' && stream.contentType !== WITH_PRELUDE) {
    const headers = new Headers({ 'content-type': stream.contentType ?? 'application/octet-stream' });
    return respond(200, headers, bodyOf(read, chunks));
  }
  const { prelude, rest } = await readPrelude(read, chunks);
  const status = isMissing(prelude.statusCode) ? 200 : readStatus(prelude.statusCode);
  const headers = sentHeaders([...mergedHeaders(prelude), ...readCookies(prelude.cookies)], frontend);
  return respond(status, headers, bodyOf(rest, chunks));
}

/** Lambda waits for the stream's end, also where the function is done before. */
function run(fn: LambdaFunction, event: unknown, stream: ResponseStream, context: LambdaContext): void {
  const fail = (error: unknown): void => {
    stream.destroy(asError(error));
  };
  try {
    const returned = fn(event as never, stream as never, context as never);
    if (isPromise(returned)) returned.then(undefined, fail);
    else fail(new Error('Streaming does not support non-async handlers.'));
  } catch (error) {
    fail(error);
  }
}

async function readJson(chunks: Chunks): Promise<unknown> {
  const all: Buffer[] = [];
  for (let part = await chunks.next(); part.done !== true; part = await chunks.next()) all.push(part.value);
  try {
    return JSON.parse(Buffer.concat(all).toString('utf8'));
  } catch {
    throw new MalformedAnswer('JSON, since an HTTP API does not stream', 'other bytes');
  }
}

async function readPrelude(begin: Buffer, chunks: Chunks): Promise<{ prelude: Record<string, unknown>; rest: Buffer }> {
  let read = begin;
  let end = read.indexOf(DELIMITER);
  while (end < 0 && read.length < MAX_PRELUDE) {
    const part = await chunks.next();
    if (part.done === true) break;
    read = Buffer.concat([read, part.value]);
    end = read.indexOf(DELIMITER);
  }
  const prelude = end < 0 ? undefined : parseJson(read.subarray(0, end).toString('utf8'));
  if (!isObject(prelude)) {
    throw new MalformedAnswer(
      'a stream from awslambda.HttpResponseStream.from that is written to',
      'one without its prelude',
    );
  }
  return { prelude, rest: read.subarray(end + DELIMITER.length) };
}

function bodyOf(begin: Buffer, chunks: Chunks): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (begin.length > 0) controller.enqueue(begin);
    },
    async pull(controller) {
      const part = await chunks.next();
      if (part.done === true) controller.close();
      else controller.enqueue(part.value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
