/**
 * Opens a response as a stream. It is loaded late, only by calls that ask for one. So it imports no code that other files import as
 * well: for that, bundlers would split the first file that a page loads in two.
 */
import type { RequestError, RequestErrorCode } from '../errors.js';
import type { Deadline } from '../util/index.js';
import { readEvents } from './serverSentEvents.js';
import type { ServerSentEvent } from './serverSentEvents.js';

/** The parts of a call that the stream of its response needs. */
export interface StreamedCall {
  /** Ends the stream with the call's signal. The call's time limit does not count for it any more. */
  readonly deadline: Deadline;
  /** Makes the error of a call that was answered; in its message, `what` follows method and path. */
  readonly fail: (code: RequestErrorCode, what: string, cause?: unknown) => RequestError;
}

/**
 * Opens the body of a response.
 * @param response A response of status 2xx.
 * @param call The call that it answers.
 * @returns The body; reading it rejects with the signal's reason, and with a RequestError `NetworkError` where it breaks off.
 * @throws RequestError `InvalidResponse` where the app's own `fetch` gives no stream
 */
export function openStream(response: Response, { deadline, fail }: StreamedCall): ReadableStream<Uint8Array> {
  const body = response.body as ReadableStream<Uint8Array> | null | undefined;
  if (body === null) return new Blob([]).stream(); // a response without content, such as 204
  if (typeof body?.getReader !== 'function') throw fail('InvalidResponse', 'was answered by a fetch without streams.');

  const reader = body.getReader();
  const cancel = (reason?: unknown): Promise<void> => reader.cancel(reason).catch(() => undefined);
  // Also while nobody reads: the connection is not needed any more.
  deadline.signal?.addEventListener('abort', () => void cancel(deadline.signal?.reason));
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await deadline.step(() => reader.read());
          if (!done) {
            controller.enqueue(value);
            return;
          }
          deadline.end();
          controller.close();
        } catch (error) {
          deadline.end();
          const isEnded = deadline.signal?.aborted === true;
          controller.error(isEnded ? error : fail('NetworkError', 'was answered, but the answer broke off.', error));
        }
      },
      cancel(reason) {
        deadline.end();
        return cancel(reason);
      },
    },
    { highWaterMark: 0 }, // nothing is read before it is asked for
  );
}

/**
 * Opens a response of server-sent events.
 * @param response A response of status 2xx.
 * @param call The call that it answers.
 * @returns The events, to be read once; they reject as `openStream` says.
 * @throws RequestError `InvalidResponse` for a response of another content type than `text/event-stream`
 */
export function openEvents(response: Response, call: StreamedCall): AsyncGenerator<ServerSentEvent, void, undefined> {
  const type = response.headers.get('content-type') ?? 'no content type';
  const stream = openStream(response, call);
  if (response.status === 204 || /^text\/event-stream *(;|$)/i.test(type)) return readEvents(stream);
  stream.cancel().catch(() => undefined);
  throw call.fail('InvalidResponse', `answered ${response.status} with ${type} where text/event-stream was expected.`);
}
