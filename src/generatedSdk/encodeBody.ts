/** The body of a call, as the generated SDK would send it. */
import { isTextOrBytes } from '../signedFetch/index.js';
import { typeTag } from '../sigv4/index.js';
import { isObject } from '../util/index.js';

/** What fetch takes as a body, and what the content type is then; `undefined`: no body. */
export type EncodedBody = { readonly body: BodyInit; readonly setsType: boolean } | undefined;

/**
 * Encodes a body. `{}`, `''` and `null` are none, and GET and HEAD have none, whatever is passed, as in the generated SDK. Other than
 * there, numbers and booleans are sent, and bytes, Blobs, forms and streams are sent as they are.
 * @param method The HTTP method, in upper case.
 * @param value What was passed as the body.
 * @param type The content type.
 * @param isSigned Whether the request is signed. Only then does the generated SDK make JSON of text that is JSON already.
 */
export function encodeBody(method: string, value: unknown, type: string, isSigned: boolean): EncodedBody {
  if (method === 'GET' || method === 'HEAD' || value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') {
    const isJson = /^application\/json$/i.test(type);
    return { body: isJson && isSigned ? JSON.stringify(value) : value, setsType: false };
  }
  if (isObject(value) && Object.keys(value).length === 0) return undefined;
  if (isForBodyInit(value)) {
    // Forms state a boundary, and Blobs what they are.
    return { body: value, setsType: !isTextOrBytes(value) };
  }
  return { body: JSON.stringify(value), setsType: false };
}

/** By their tags, since a platform may lack some of these kinds, and polyfills have others of the same name. */
function isForBodyInit(value: unknown): value is Exclude<BodyInit, string> {
  return isTextOrBytes(value) || /^(Blob|File|FormData|URLSearchParams|ReadableStream)$/.test(typeTag(value));
}
