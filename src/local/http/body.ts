/** Reads the body of a request. */
import type { IncomingMessage } from 'node:http';
import { endReading } from './lastRequest.js';

/** The first size of the buffer, in bytes, which is enough for most bodies. */
const FIRST_SIZE = 16_384;

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}

/** Whether a request says of itself that its body has more bytes than the limit. */
export const isAnnouncedTooLarge = (incoming: IncomingMessage, limit: number): boolean =>
  Number(incoming.headers['content-length'] ?? 0) > limit;

/**
 * Reads a body up to a limit; then, or where its length is announced as larger, reading stops.
 * @param incoming Node's request.
 * @param limit In bytes.
 * @returns The bytes; `undefined` where there are more than the limit.
 * @throws Node's error, where the client hangs up or takes too long
 */
export function readBody(incoming: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (isAnnouncedTooLarge(incoming, limit)) {
    endReading(incoming);
    return Promise.resolve(undefined);
  }
  return new Promise((resolve, reject) => {
    // One buffer and not a list of chunks: a client may send chunks of one byte, each of which would take a hundred.
    let bytes = new Uint8Array(FIRST_SIZE);
    let length = 0;
    const take = (chunk: Uint8Array): void => {
      const end = length + chunk.length;
      if (end <= limit) {
        if (end > bytes.length) bytes = grown(bytes, Math.min(limit, Math.max(end, 2 * bytes.length)));
        bytes.set(chunk, length);
        length = end;
        return;
      }
      incoming.off('data', take);
      endReading(incoming);
      resolve(undefined);
    };
    incoming.on('data', take);
    incoming.once('end', () => {
      resolve(bytes.slice(0, length));
    });
    incoming.once('error', reject);
    incoming.once('close', () => {
      reject(new Error('The client hung up before its request was whole.'));
    });
  });
}
