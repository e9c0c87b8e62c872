/** Bodies as bytes: encoded once, for the hash and for all attempts. */

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
