/** Turns bodies into bytes, once, for the hash and for all attempts. */
import { bytesOf, CONTENT_HASH, SigV4Error, typeTag, utf8Bytes } from '../sigv4/index.js';
import { safeCause } from '../util/index.js';

/**
 * Copies the bytes of a body, so that what the caller changes later is not sent, as with fetch.
 * @param body Text, which goes out as UTF-8, or bytes.
 * @returns A copy.
 */
export function toBytes(body: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  return typeof body === 'string' ? utf8Bytes(body) : new Uint8Array(bytesOf(body));
}

/** Whether a body is one that `toBytes` takes. */
export function isTextOrBytes(body: unknown): body is string | ArrayBuffer | ArrayBufferView {
  return typeof body === 'string' || ArrayBuffer.isView(body) || typeTag(body) === 'ArrayBuffer';
}

/** Whether a body is a stream. */
export const isStream = (body: unknown): body is ReadableStream => typeTag(body) === 'ReadableStream';

/** Whether a body is sent without being read: a stream for which the call states the hash, or `UNSIGNED-PAYLOAD`. */
export const isUnread = (body: unknown, headers: Headers): body is ReadableStream =>
  isStream(body) && headers.has(CONTENT_HASH);

/** The type that Response states for text. It turns bodies that it does not know into text as well, such as `[object Foo]`. */
const TEXT_TYPE = 'text/plain;charset=UTF-8';

/**
 * The error for a body that cannot be sent.
 * @param body What was given.
 * @param cause What was caught.
 * @param option The name of the option that it came as.
 */
export function invalidBody(body: unknown, cause?: unknown, option = 'body'): SigV4Error {
  const kinds = 'text, bytes, JSON, or a form, Blob or stream that the platform can read';
  const expected = Object(body) === body && cause ? `${kinds} (JSON holds no BigInt and no circle)` : kinds;
  return new SigV4Error('InvalidBody', option, expected, body, cause && safeCause(cause));
}

/**
 * Opens a body that only the platform can read.
 * @param body A form, a Blob, a stream.
 * @param option The name of the option that it came as.
 * @throws SigV4Error `InvalidBody` for one that the platform does not know, such as a polyfill's, or that has been read already
 */
export function openBody(body: unknown, option?: string): Response {
  let response: Response;
  try {
    response = new Response(body as BodyInit);
  } catch (error) {
    throw invalidBody(body, error, option);
  }
  const type = response.headers.get('content-type');
  if (type === TEXT_TYPE && (body as Blob).type !== type) throw invalidBody(body, undefined, option);
  return response;
}

/**
 * Reads the bytes of an open body.
 * @param opened The Request or Response with the body.
 * @param signal Ends it: a stream is cancelled then, with the signal's reason.
 * @param option The name of the option that it came as.
 * @param given What it was opened from, for the error.
 * @throws SigV4Error `InvalidBody` where it breaks off, or cannot be read
 */
export async function readBytes(
  opened: Request | Response,
  signal?: AbortSignal,
  option?: string,
  given: unknown = opened.body,
): Promise<Uint8Array> {
  const { body } = opened as Partial<Response>; // in some browsers, a Request has no property `body`
  try {
    const source = signal && body ? new Response(body.pipeThrough(new TransformStream(), { signal })) : opened;
    return new Uint8Array(await source.arrayBuffer());
  } catch (error) {
    throw invalidBody(given, error, option);
  }
}
