/** The body that axios is about to send, as bytes. */
import { isTextOrBytes, openBody, readBytes, toBytes } from '../signedFetch/index.js';
import { SigV4Error, typeTag } from '../sigv4/index.js';

/** A body's bytes, and their content type where the body itself states one, as a form does. */
export interface Body {
  readonly bytes: Uint8Array | undefined;
  readonly type: string | undefined;
}

/**
 * Reads a body.
 * @param data The data, after `transformRequest`.
 * @throws SigV4Error `InvalidBody`
 */
export async function readBody(data: unknown): Promise<Body> {
  if (data === undefined || data === null) return { bytes: undefined, type: undefined };
  // As axios's fetch adapter sends them; its others refuse or leave out what is neither text nor bytes.
  if (typeof data === 'number' || typeof data === 'boolean' || typeof data === 'bigint') {
    return { bytes: toBytes(String(data)), type: undefined };
  }
  if (isTextOrBytes(data)) return { bytes: toBytes(data), type: undefined };
  if (isNodeForm(data)) return { bytes: toBytes(data.getBuffer()), type: data.getHeaders()['content-type'] };
  const tag = typeTag(data);
  if (/^(Blob|File|FormData|ReadableStream|URLSearchParams)$/.test(tag)) {
    const response = openBody(data, 'data');
    const type = response.headers.get('content-type') ?? (/^(Blob|File)$/.test(tag) ? BINARY : undefined);
    return { bytes: await readBytes(response, undefined, 'data'), type };
  }
  if (isAsyncIterable(data)) return { bytes: await collect(data), type: undefined };
  throw new SigV4Error('InvalidBody', 'data', 'text, bytes, URLSearchParams, FormData, a Blob or a stream', data);
}

/** The content type that axios states for a Blob without one. */
const BINARY = 'application/octet-stream';

/** The FormData of the package form-data, into which axios turns objects in Node. */
interface NodeForm {
  getBuffer(): Uint8Array;
  getHeaders(): Record<string, string>;
}

function isNodeForm(data: object): data is NodeForm {
  return 'getBuffer' in data && 'getHeaders' in data;
}

function isAsyncIterable(data: object): data is AsyncIterable<unknown> {
  return Symbol.asyncIterator in data;
}

async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const parts: BlobPart[] = [];
  for await (const part of stream) parts.push(part as BlobPart);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
