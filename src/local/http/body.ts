/** Reads the body of a request. */
import type { IncomingMessage } from 'node:http';
import { endReading } from './lastRequest.js';

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
    const chunks: Uint8Array[] = [];
    let length = 0;
    const take = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      incoming.off('data', take);
      endReading(incoming);
      resolve(undefined);
    };
    incoming.on('data', take);
    incoming.once('end', () => {
      const { buffer, byteOffset, byteLength } = Buffer.concat(chunks);
      resolve(new Uint8Array(buffer, byteOffset, byteLength));
    });
    incoming.once('error', reject);
    incoming.once('close', () => {
      reject(new Error('The client hung up before its request was whole.'));
    });
  });
}
