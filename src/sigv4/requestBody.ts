/** The body of a request, in the form that goes out. */
import { bytesOf } from './encoding.js';
import { SigV4Error } from './errors.js';
import type { RequestBody, SignedBody } from './types.js';
import { isMissing, typeTag } from './values.js';

/** The media type of `URLSearchParams`, as fetch states it. */
export const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';

/**
 * The body as it goes out. JSON text is made only here, so that what is signed is what is sent.
 * @throws SigV4Error `InvalidBody` for what is neither text, bytes, a form nor JSON
 */
export function serializeBody(body: RequestBody): SignedBody | undefined {
  if (isMissing(body)) return undefined;
  const type = typeTag(body);
  if (typeof body === 'string') return body;
  if (type === 'URLSearchParams') return (body as URLSearchParams).toString();
  const object = Object(body) as object;
  let cause: unknown;
  try {
    if (ArrayBuffer.isView(body) || type === 'ArrayBuffer') {
      bytesOf(body as ArrayBuffer);
      return body as ArrayBuffer;
    }
    const isJson =
      'toJSON' in object ||
      (/^(Object|Array|Number|Boolean)$/.test(type) && typeof Reflect.get(object, 'pipe') !== 'function');
    const text = isJson ? (JSON.stringify(body) as string | undefined) : undefined;
    if (text !== undefined) return text;
  } catch (error) {
    cause = error; // JSON cannot hold a BigInt or a circular reference, and a transferred buffer has lost its bytes
  }
  const expected =
    'text, bytes, URLSearchParams or JSON without BigInts and circles (read all others into bytes first)';
  throw new SigV4Error('InvalidBody', 'body', expected, body, cause);
}
