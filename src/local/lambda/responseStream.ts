/** The stream that a streaming function writes to, and the global `awslambda` that such functions use. */
import { PassThrough } from 'node:stream';
import { mainGlobal } from './mainContext.js';
import type { LambdaFunction } from './types.js';

/** The type of a stream that begins with the status and the headers: JSON, then eight zero bytes, then the body. */
export const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';

/** The separator between the prelude and the body. */
export const DELIMITER: Uint8Array = new Uint8Array(8);

/** The runtime of Lambda marks functions with this symbol, and so do packages that wrap them. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

type Written = (error: Error | null | undefined) => void;

/** A stream that a function writes its answer to. It writes the prelude when Lambda's does. */
export class ResponseStream extends PassThrough {
  /** The content type that the function has set. */
  contentType: string | undefined;
  /** Called at the first write, not at `end`: Lambda sends no prelude for a stream that is never written to. */
  _onBeforeFirstWrite: ((write: (chunk: string | Uint8Array) => void) => void) | undefined;
  #isWritten = false;

  /**
   * Sets the content type of an answer without a prelude. Called by functions.
   * @throws Error, once something was written
   */
  setContentType(contentType: string): void {
    if (this.#isWritten) throw new Error('Cannot set content-type, too late.');
    this.contentType = contentType;
  }

  override write(chunk: unknown, encoding?: BufferEncoding | Written, callback?: Written): boolean {
    const data = typeof chunk === 'string' || ArrayBuffer.isView(chunk) ? chunk : JSON.stringify(chunk);
    if (!this.#isWritten) this._onBeforeFirstWrite?.((part) => super.write(part));
    this.#isWritten = true;
    return typeof encoding === 'string'
      ? super.write(data, encoding, callback)
      : super.write(data, encoding ?? callback);
  }
}

/** The global `awslambda` of Lambda's Node.js runtimes. */
const awslambda = {
  streamifyResponse<T extends LambdaFunction>(handler: T): T {
    return Object.assign(handler, { [STREAMING]: 'response' });
  },
  HttpResponseStream: {
    from(stream: ResponseStream, prelude: unknown): ResponseStream {
      stream.setContentType(WITH_PRELUDE);
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(prelude));
        write(DELIMITER);
      };
      return stream;
    },
  },
};

/**
 * Makes the global `awslambda` known where there is none: a function that streams uses it as soon as it is imported. One that is
 * given rather than loaded from a file has to be imported after this.
 */
export function defineAwslambda(): void {
  const property = { value: awslambda, writable: true, configurable: true };
  if (!('awslambda' in globalThis)) Object.defineProperty(globalThis, 'awslambda', property);
  // From Jest, where what is there may be that of a test that has ended.
  const main = mainGlobal();
  if (main !== globalThis) Object.defineProperty(main, 'awslambda', property);
}

/** Whether a function streams its answer. */
export const isStreaming = (fn: LambdaFunction): boolean => Reflect.get(fn, STREAMING) === 'response';
