/** The content of a body that was signed. */
import { bytesOf, isMissing, typeTag, utf8Bytes } from '../../sigv4/index.js';

/**
 * The text or bytes of a body.
 * @returns `undefined` for everything else, such as a stream: it cannot be read here.
 */
export function contentOf(body: unknown): string | Uint8Array | undefined {
  if (isMissing(body)) return '';
  if (typeof body === 'string') return body;
  const type = typeTag(body);
  if (ArrayBuffer.isView(body) || type === 'ArrayBuffer') return bytesOf(body as ArrayBuffer);
  return type === 'URLSearchParams' ? (body as { toString(): string }).toString() : undefined;
}

/** The length of a body in bytes; `undefined` where it is not known. */
export function contentLength(body: unknown): number | undefined {
  const content = contentOf(body);
  return typeof content === 'string' ? utf8Bytes(content).length : content?.length;
}
