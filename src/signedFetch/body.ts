/** Bodies as bytes: encoded once, for the hash and for all attempts. */
import { safeCause } from '../util/index.js';
import { SigV4Error } from '../sigv4/index.js';

/**
 * The bytes of a body as it is now: what the caller changes later is not sent, as with fetch.
 * @param body Text, which goes out as UTF-8, or bytes.
 * @returns A copy.
 */
export function toBytes(body: string | ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  const bytes = ArrayBuffer.isView(body)
    ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    : new Uint8Array(body);
  return new Uint8Array(bytes);
}

/** Whether {@link toBytes} takes it. */
export function isTextOrBytes(body: unknown): body is string | ArrayBuffer | ArrayBufferView {
  return typeof body === 'string' || ArrayBuffer.isView(body) || kindOf(body) === 'ArrayBuffer';
}

/** The name of what it is, such as `Blob`, in whichever frame it was made. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** What a Response states for text, and so for whatever it does not know, of which it takes the name as text. */
const TEXT_TYPE = 'text/plain;charset=UTF-8';

/** What a body is refused with. */
export function refusal(body: unknown, cause?: unknown, option = 'body'): SigV4Error {
  const expected = 'text, bytes, JSON, or a form, Blob or stream that the platform can read';
  return new SigV4Error('InvalidBody', option, expected, body, cause && safeCause(cause));
}

/**
 * Lets the platform open a body that only it can read.
 * @param body A form, a Blob, a stream.
 * @param option The name of the option that it came as.
 * @throws SigV4Error `InvalidBody` for one that it does not know, such as a polyfill's, or that has been read already
 */
export function openBody(body: unknown, option?: string): Response {
  let response: Response;
  try {
    response = new Response(body as BodyInit);
  } catch (error) {
    throw refusal(body, error, option);
  }
  const type = response.headers.get('content-type');
  if (type === TEXT_TYPE && (body as Blob).type !== type) throw refusal(body, undefined, option);
  return response;
}

/**
 * The bytes of an open body, once.
 * @param opened What has the body.
 * @param signal Ends it: a stream is cancelled then, with the signal's reason.
 * @param option The name of the option that it came as.
 * @throws SigV4Error `InvalidBody` where it breaks off
 */
export async function readBytes(
  opened: Request | Response,
  signal?: AbortSignal,
  option?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = opened as Partial<Response>; // some browsers' Requests show none
  try {
    const source = signal && body ? new Response(body.pipeThrough(new TransformStream(), { signal })) : opened;
    return new Uint8Array(await source.arrayBuffer());
  } catch (error) {
    throw refusal(opened.body, error, option);
  }
}
